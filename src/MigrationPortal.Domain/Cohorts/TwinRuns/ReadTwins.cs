using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>Twin runs with what the logs of failed copies say, and what all pairs say together. Whose project it is, is the caller's to check.</summary>
public sealed class ReadTwins(ITwinStore twins, IVerdictStore verdicts)
{
    /// <summary>The project's, newest first.</summary>
    public async Task<IReadOnlyList<TwinSeen>> RunAsync(ProjectId project, int limit, CancellationToken cancel) => await ToldAsync(project.Instance, await twins.OfAsync(project, limit, cancel), cancel);

    /// <returns>Null when the project has no such run.</returns>
    public async Task<TwinSeen?> FindAsync(ProjectId project, long id, CancellationToken cancel) =>
        await twins.FindAsync(project, id, cancel) is { } run ? (await ToldAsync(project.Instance, [run], cancel))[0] : null;

    /// <summary>Pairs that ended at that time or later, the newest first. Of a job and a commit the first alone: trying until it fits is no evidence.</summary>
    public async Task<TwinPairs> PairsAsync(InstanceId instance, DateTimeOffset from, CancellationToken cancel) =>
        new([.. (await twins.EndedAsync(instance, from, cancel)).Where(run => run.IsPair).DistinctBy(run => (run.Project, run.Job, run.Commit)).OrderByDescending(run => run.Since)]);

    private async Task<IReadOnlyList<TwinSeen>> ToldAsync(InstanceId instance, IReadOnlyList<TwinRun> runs, CancellationToken cancel)
    {
        var failed = runs.SelectMany(run => new[] { run.Docker, run.Kubernetes }).OfType<TwinHalf>().Where(half => half.Status == JobStatus.Failed).Select(half => half.Job).ToList();
        var known = await verdicts.FindAsync(instance, failed, cancel);
        return [.. runs.Select(run => new TwinSeen(run, Of(run.Docker), Of(run.Kubernetes)))];

        JobVerdict? Of(TwinHalf? half) => half is null ? null : known.GetValueOrDefault(half.Job);
    }
}

/// <param name="Docker">What the log of the copy on docker says; null where it did not fail, or was not read.</param>
public sealed record TwinSeen(TwinRun Run, JobVerdict? Docker, JobVerdict? Kubernetes);
