using MigrationPortal.Domain.Jobs;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

/// <summary>
/// The same line for each job, once as the world knows it and once as the portal recorded it. Jobs that never ran are
/// one state: GitLab moves them between skipped, manual and created with the same id when an earlier one is retried.
/// </summary>
internal static class JobTruth
{
    public static SortedDictionary<long, string> Of(SimulatedPortal portal) => portal.Simulator.Production.Do(world =>
    {
        var jobs = new SortedDictionary<long, string>();
        for (var id = 1L; world.Jobs.Find(id) is { } job; id++)
            jobs[id] = Line(
                job.Project.Id, job.Status.ToString(), job.RanOn?.Wire() ?? "unknown", job.Status == World.JobStatus.Failed ? job.FailureReason.Wire() : null,
                Domain.Shared.TagSet.Of(job.Tags).ToString(), job.Runner?.Id, job.StartedAt, job.FinishedAt);
        return jobs;
    });

    public static async Task<SortedDictionary<long, string>> RecordedAsync(SimulatedPortal portal)
    {
        var jobs = new SortedDictionary<long, string>();
        foreach (var job in await portal.Get<IJobReader>().FindAsync(new JobFilter(SimulatedPortal.Production), 1_000_000, null, default))
            jobs[job.Id.Number] = Line(job.Project.Number, job.Status.ToString(), job.Executor.Name, job.FailureReason, job.Tags?.ToString() ?? "?", job.Runner, job.StartedAt, job.FinishedAt);
        return jobs;
    }

    /// <summary>Without those that never ran.</summary>
    public static SortedDictionary<long, string> Ran(SortedDictionary<long, string> jobs) =>
        new(jobs.Where(job => !job.Value.Contains(" NotRun ", StringComparison.Ordinal)).ToDictionary());

    /// <summary>Where they differ, a few lines for people; empty when equal.</summary>
    public static IReadOnlyList<string> Differences(SortedDictionary<long, string> truth, SortedDictionary<long, string> recorded) =>
        [.. truth.Keys.Union(recorded.Keys)
            .Where(id => truth.GetValueOrDefault(id) != recorded.GetValueOrDefault(id))
            .Select(id => $"{id}: truth {truth.GetValueOrDefault(id) ?? "nothing"} recorded {recorded.GetValueOrDefault(id) ?? "nothing"}")
            .Take(20)];

    private static string Line(long project, string status, string executor, string? reason, string tags, long? runner, DateTimeOffset? started, DateTimeOffset? finished) =>
        $"{project} {(started is null && status is "Created" or "Manual" or "Scheduled" or "Skipped" ? "NotRun" : status)} {executor} {reason} {tags} {runner} {started:HH:mm:ss} {(started is null ? null : finished):HH:mm:ss}";
}
