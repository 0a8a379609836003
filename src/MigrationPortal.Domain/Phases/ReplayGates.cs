using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>A past day's midnight UTC as the gates saw it.</summary>
/// <param name="Then">What they said.</param>
/// <param name="Now">What they say of the same facts under the policy that was asked about.</param>
public sealed record ReplayedDay(DateOnly Day, GateEvaluation Then, GateEvaluation Now);

/// <summary>
/// What the gates would have said on past days under another policy, or the present one, from the evidence that was stored then.
/// Jobs are cut at each day. What is no count of days (waiting jobs, queue times, contact) is as last read while the gates
/// went on saying the same.
/// </summary>
public sealed class ReplayGates(IMigrationStore migration, IGateStore store, IWorldClock clock)
{
    public const int MostDays = 90;

    private const int PageSize = 200;

    // Longer than any pause of the sweep: nobody looked that day.
    private static readonly TimeSpan Unseen = TimeSpan.FromHours(2);

    /// <param name="days">1 to <see cref="MostDays"/>.</param>
    /// <param name="edit">The policy that is asked about, made of the present one of the phase.</param>
    /// <returns>Newest first; days on which the gates were not read are missing.</returns>
    public async Task<IReadOnlyList<ReplayedDay>> RunAsync(InstanceId instance, int days, Func<GatePolicy, GatePolicy> edit, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays);
        ArgumentNullException.ThrowIfNull(edit);
        var (today, settings) = (DateOnly.FromDateTime(clock.Now(instance).UtcDateTime), await migration.SettingsAsync(instance, cancel));
        var past = await SinceAsync(instance, GateWords.Midnight(today.AddDays(1 - days)), cancel);
        var (replayed, evidence) = (new List<ReplayedDay>(), (Id: 0L, Facts: (GateFacts?)null));
        for (var day = today; day > today.AddDays(-days); day = day.AddDays(-1))
        {
            var at = GateWords.Midnight(day);
            if (past.FirstOrDefault(one => one.From <= at) is not { } then || then.Until < at - Unseen) continue;
            if (evidence.Id != then.Id) evidence = (then.Id, (await store.EvidenceAsync(then.Id, cancel))?.Facts);
            if (evidence.Facts is not { } facts) continue;
            replayed.Add(new ReplayedDay(day, then, GateEvaluation.Of(instance, AsOf(facts, at), edit(PolicyOf(settings, then.Step.Stage)).For(then.Step)) with { Id = then.Id }));
        }

        return replayed;
    }

    /// <summary>The same facts as they stood at an earlier midnight.</summary>
    public static GateFacts AsOf(GateFacts facts, DateTimeOffset at) => facts with
    {
        At = at,
        Arms = [.. facts.Arms.Where(arm => arm.Day < DateOnly.FromDateTime(at.UtcDateTime))],
        Names = [.. facts.Names.Where(one => one.Day < DateOnly.FromDateTime(at.UtcDateTime))],
        // The lag is that of the reading.
        Collection = facts.Collection with { LookedAt = facts.Collection.LookedAt - (facts.At - at) },
    };

    private static GatePolicy PolicyOf(MigrationSettings settings, GateStage stage) => settings.PolicyOf(Enum.GetValues<Phase>().First(phase => GateSteps.StageOf(phase) == stage)).Gates;

    // Back to the first that began before.
    private async Task<List<GateEvaluation>> SinceAsync(InstanceId instance, DateTimeOffset from, CancellationToken cancel)
    {
        var all = new List<GateEvaluation>();
        do
        {
            var page = await store.NewestAsync(instance, PageSize, all.Count == 0 ? null : all[^1].Id, cancel);
            all.AddRange(page);
            if (page.Count < PageSize) break;
        }
        while (all[^1].From > from);
        return all;
    }
}
