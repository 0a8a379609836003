using System.Globalization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Domain.Phases;

/// <summary>Tells once of each runner that drifts, after two readings of the fleet have shown it: a single one may fall between two changes.</summary>
public sealed class WatchDrift(ReadMigration read, IMigrationStore migration, IOperationStore operations, DriftMemory memory, INotices notices)
{
    /// <param name="snapshot">As it was just read.</param>
    /// <returns>What drifts and did so in an earlier reading already.</returns>
    public async Task<IReadOnlyList<DriftedRunner>> RunAsync(FleetSnapshot snapshot, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        // Before a phase is reached nothing is desired, and while something is applied, difference is no drift.
        if ((await migration.StateAsync(snapshot.Instance, cancel)).Current is not { } reached || await operations.UnfinishedAsync(snapshot.Instance, cancel) is not null) return [];
        var drift = Drift.Of(await read.ForAsync(snapshot, cancel));
        var known = await memory.SeenAsync(snapshot.Instance, cancel);
        var after = drift.ToDictionary(
            one => one.Runner.Id.Number,
            one => known.GetValueOrDefault(one.Runner.Id.Number) is { } before && before.Words == one.Words ? before : new DriftSeen(one.Words, snapshot.TakenAt, false));
        var lasting = drift.Where(one => after[one.Runner.Id.Number].Since < snapshot.TakenAt).ToList();
        var news = lasting.Where(one => !after[one.Runner.Id.Number].Told).ToList();
        if (news.Count > 0)
        {
            await notices.TellAsync(Of(snapshot, reached, drift.Count, news, after), cancel);
            foreach (var one in news) after[one.Runner.Id.Number] = after[one.Runner.Id.Number] with { Told = true };
        }
        if (!Same(known, after)) await memory.SaveSeenAsync(snapshot.Instance, after, snapshot.TakenAt, cancel);
        return lasting;
    }

    private static Notice Of(FleetSnapshot snapshot, PhaseReached reached, int all, List<DriftedRunner> news, Dictionary<long, DriftSeen> seen)
    {
        var (since, managed) = (news.Min(one => seen[one.Runner.Id.Number].Since), snapshot.Runners.Count(runner => runner.Standing.Managed));
        var first = string.Join("; ", news.Take(3).Select(one => $"{one.Runner.Observed.Description}: {one.Words}")) + (news.Count > 3 ? "; ..." : "");
        return new Notice(
            snapshot.Instance, NoticeKind.Drift, NoticeSeverity.Attention,
            string.Create(CultureInfo.InvariantCulture, $"drift/{news.Min(one => one.Runner.Id.Number)}/{since.UtcDateTime:O}"),
            $"{(news.Count == 1 ? "1 runner differs" : $"{news.Count} runners differ")} from what {reached.Phase.Key()} desires, although nothing is being applied. Needed: {first}",
            [
                new NoticeNumber("runners that differ", $"{all} of {managed} managed"),
                new NoticeNumber("since", since.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
            ],
            "phases", snapshot.TakenAt);
    }

    private static bool Same(IReadOnlyDictionary<long, DriftSeen> one, Dictionary<long, DriftSeen> other) => one.Count == other.Count && one.All(pair => other.GetValueOrDefault(pair.Key) == pair.Value);
}
