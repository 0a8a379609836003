using GraphQL;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Jobs as GraphQL shows them: with tags, manager and project, without the machine-readable failure reason.</summary>
internal static class JobFields
{
    private const int CountLimit = 1000;

    public static void Add(GraphFieldTable fields)
    {
        fields.On<Job>("CiJob", t => t
            .Add("id", j => GlobalId.Of("Ci::Build", j.Id))
            .Add("kind", _ => "BUILD")
            .Add("name", j => j.Name)
            .Add("status", j => j.Status.Wire().ToUpperInvariant())
            .Add("tags", j => j.Tags)
            .Add("refName", j => j.Ref)
            .Add("webPath", (j, call) => $"{call.Api.Instance.PathBase}/{j.Project.FullPath}/-/jobs/{j.Id}")
            .Add("allowFailure", j => j.AllowFailure)
            .Add("retried", j => j.Retried)
            .Add("stuck", (j, call) => Stuck(j, call))
            .Add("createdAt", j => j.CreatedAt)
            .Add("queuedAt", j => j.QueuedAt)
            .Add("startedAt", j => j.StartedAt)
            .Add("finishedAt", j => j.FinishedAt)
            .Add("duration", (j, call) => JobTimes.Duration(j, call.Now) is { } d ? (int)d : null)
            .Add("queuedDuration", (j, call) => JobTimes.Queued(j, call.Now))
            .Add("coverage", _ => null)
            .Add("exitCode", j => j.ExitCode)
            .Add("failureMessage", j => j.Status == JobStatus.Failed ? FailureMessages.Of(j.FailureReason) : null)
            .Add("source", j => j.Pipeline.Source.Wire())
            .Add("runner", (j, call) => j.Runner is { } r && RunnerRights.MayRead(call.Api, r) ? r : null)
            .Add("runnerManager", (j, call) => j.Manager is { } m && RunnerRights.MayRead(call.Api, m.Runner) ? m : null)
            .Add("project", (j, call) => call.Api.CanSee(j.Project) ? j.Project : null)
            .Add("pipeline", j => j.Pipeline)
            .Add("stage", j => j.Stage));
        fields.On<string>("CiStage", t => t.Add("name", s => s));
        fields.On<Pipeline>("Pipeline", t => t
            .Add("id", p => GlobalId.Of("Ci::Pipeline", p.Id))
            .Add("iid", p => p.Iid.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Add("ref", p => p.Ref)
            .Add("status", p => p.Status.Wire().ToUpperInvariant())
            .Add("sha", p => p.Sha));
    }

    /// <param name="rows">One page, and one row more when there is a next page.</param>
    /// <param name="size">Rows of the page.</param>
    /// <param name="later">A cursor was given.</param>
    /// <param name="count">Counts up to a limit: GitLab stops there and tells one more.</param>
    public static Connection Page(IReadOnlyList<Job> rows, int size, bool later, Func<int, int> count) => new(
        [.. rows.Take(size)],
        o => ((Job)o).Id,
        context => count((context.Raw("limit") is int limit ? Math.Clamp(limit, 1, CountLimit) : CountLimit) + 1),
        rows.Count > size,
        later);

    /// <summary>Null when not asked. A status this world never has matches nothing.</summary>
    public static IReadOnlyCollection<JobStatus>? Statuses(IResolveFieldContext context) =>
        context.Texts("statuses") is { Count: > 0 } words
            ? [.. words.Select(w => JobWords.ParseStatus(w.ToLowerInvariant())).OfType<JobStatus>().DefaultIfEmpty((JobStatus)31)]
            : null;

    private static bool Stuck(Job job, GraphCall call) => job.Status == JobStatus.Pending
        && !call.Api.World.Fleet.Runners.Any(r =>
            !r.Paused && r.Status(call.Now) == ContactStatus.Online && Fleet.Matches(r, job));
}

internal static class JobTimes
{
    /// <summary>Seconds; grows while running, null before.</summary>
    public static double? Duration(Job job, DateTimeOffset now) =>
        job.StartedAt is { } started ? ((job.FinishedAt ?? now) - started).TotalSeconds : null;

    /// <summary>Seconds from queued to started. Of a job that never started it grows for ever, as GitLab's does.</summary>
    public static double? Queued(Job job, DateTimeOffset now) =>
        job.QueuedAt is { } queued ? ((job.StartedAt ?? now) - queued).TotalSeconds : null;
}

internal static class FailureMessages
{
    public static string? Of(FailureReason reason) => reason switch
    {
        FailureReason.ScriptFailure => null,
        FailureReason.RunnerSystemFailure => "There has been a runner system failure, please try again",
        FailureReason.JobExecutionTimeout => "The script exceeded the maximum execution time set for the job",
        FailureReason.StuckOrTimeoutFailure =>
            "There is a timeout failure or the job got stuck. Check your timeout limits or try again",
        FailureReason.StuckPendingNoMatchingRunners => "The job was dropped because no matching runner was available",
        FailureReason.StuckPendingWithMatchingRunners => "The job was dropped because it was pending for too long",
        FailureReason.RunnerConfigurationError => "There is a runner configuration error",
        FailureReason.RunnerExternalDependencyFailure => "A service the runner depends on failed, please try again",
        FailureReason.RunnerInterrupted => "The runner was interrupted, please try again",
        FailureReason.ImagePullFailure => "The image could not be pulled",
        FailureReason.NoUpdatesRunning => "The runner stopped sending updates",
        _ => "There is an unknown failure, please try again",
    };
}
