using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Looks in turn at what was applied, oldest look first and few at a time, and remembers since when each field differs.</summary>
public sealed class WatchClusterDrift(IApplicationStore applications, IDriftStore drifts, CompareWithCluster compare, IPortalEvents events, TimeProvider time)
{
    /// <summary>Between two looks at one configuration in one cluster.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    /// <summary>Looks a turn: each is two requests for each object.</summary>
    public const int MostAtOnce = 10;

    /// <returns>How many were looked at, and how many of these differ.</returns>
    public async Task<(int Looked, int Drifted)> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (known, now) = ((await drifts.ListAsync(null, null, cancel)).ToDictionary(one => (one.Cluster, one.Configuration)), time.GetUtcNow());
        var due = (await applications.GoodAsync(instance, cancel))
            .Select(good => (Good: good, Last: known.GetValueOrDefault((good.Cluster, good.Configuration))))
            .Where(one => one.Last is null || one.Last.Application != one.Good.Id || now - one.Last.CheckedAt >= Pause)
            .OrderBy(one => one.Last?.CheckedAt).Take(MostAtOnce).ToList();
        var drifted = 0;
        foreach (var (good, last) in due)
            if (!(await LookAsync(good, last, cancel)).Report.IsEmpty) drifted++;
        return (due.Count, drifted);
    }

    /// <summary>Looks now at all that was applied to a cluster and was well, due or not.</summary>
    public async Task<IReadOnlyList<DriftRecord>> NowAsync(Cluster cluster, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var known = (await drifts.ListAsync(cluster.Id, null, cancel)).ToDictionary(one => one.Configuration);
        var looked = new List<DriftRecord>();
        foreach (var good in (await applications.GoodAsync(cluster.Instance, cancel)).Where(one => one.Cluster == cluster.Id))
            looked.Add(await LookAsync(good, known.GetValueOrDefault(good.Configuration), cancel));
        return looked;
    }

    private async Task<DriftRecord> LookAsync(Application good, DriftRecord? last, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var seen = await compare.OfAsync(good, cancel);
        var record = seen.TryGet(out var report, out var no)
            ? new DriftRecord(good.Cluster, good.Configuration, good.Id, now, report with { Fields = [.. report.Fields.Select(one => one with { Since = Same(last, one)?.Since ?? now })] }, null)
            : new DriftRecord(good.Cluster, good.Configuration, good.Id, now, last?.Report ?? new DriftReport([], []), string.Join(" ", no.Reasons));
        await drifts.SaveAsync(record, cancel);
        if (last is null || last.Report.Fields.Count != record.Report.Fields.Count || last.Trouble != record.Trouble) await events.PublishAsync(new PortalEvent(PortalTopic.Clusters, good.Instance, good.Cluster), cancel);
        return record;
    }

    private static DriftField? Same(DriftRecord? last, DriftField field) => last?.Report.Fields.FirstOrDefault(one => one.Object == field.Object && one.Path == field.Path && one.Kind == field.Kind && one.Live == field.Live);
}
