using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Jobs;

/// <summary>A waiting job with the diagnosis of its class.</summary>
public sealed record PendingJob(JobRow Row, PendingDiagnosis Diagnosis)
{
    public DateTimeOffset? Since => Row.QueuedAt ?? Row.CreatedAt;

    public DateTimeOffset? DropsAt => Diagnosis.DropsAt(Since);
}

internal static class PendingJobs
{
    /// <summary>The longest waiting jobs of these groups. One that came since the groups were made waits for the next look.</summary>
    public static async Task<IReadOnlyList<PendingJob>> ReadAsync(IPendingReader reader, InstanceId instance, IReadOnlyList<PendingGroup> groups, int limit, CancellationToken cancel)
    {
        var byClass = groups.SelectMany(group => group.Classes)
            .ToDictionary(one => (one.Class.Project, one.Class.Tags, one.Class.Protected), one => one.Diagnosis);
        if (byClass.Count == 0) return [];
        var rows = await reader.JobsAsync(instance, [.. groups.SelectMany(group => group.Classes).Select(one => one.Class)], limit, cancel);
        return [.. rows.Where(row => byClass.ContainsKey((row.Project, row.Tags, row.Protected))).Select(row => new PendingJob(row, byClass[(row.Project, row.Tags, row.Protected)]))];
    }
}
