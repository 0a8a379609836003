using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>
/// Follows twin runs until both copies have ended, reads the log of what failed, and deletes their branches where the portal has
/// a hand of its own. Called by a sweep; run twice it changes nothing the second time.
/// </summary>
public sealed class FollowTwins(ITwinStore twins, IPipelineDesk pipelines, IFleetStore fleet, ExplainFailures explain, TwinBranches branches, TwinSteps steps, IPortalHand hand, IWorldClock clock)
{
    /// <summary>After it a run is given up: GitLab itself drops a job that no runner takes in an hour, and one that runs by its timeout.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>How long a branch that GitLab does not let the portal delete is tried again; from then on it waits for a click.</summary>
    private static readonly TimeSpan Clearing = TimeSpan.FromDays(1);

    /// <summary>For a branch or a pipeline to appear.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly GitLabCaller Portal = new GitLabCaller.Portal(RequestPurpose.Projects);
    private static readonly GitLabCaller Logs = new GitLabCaller.Portal(RequestPurpose.Logs);

    /// <returns>How many went on.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (went, turn, snapshot) = (0, new PatientTurn(), await fleet.LatestAsync(instance, cancel));
        foreach (var run in await twins.OpenAsync(instance, cancel))
            if (await turn.OfAsync(() => FollowAsync(run, snapshot, cancel)) is { } now && now.Version != run.Version) went++;
        return went;
    }

    private async Task<TwinRun?> FollowAsync(TwinRun run, FleetSnapshot? snapshot, CancellationToken cancel)
    {
        var now = run.State switch
        {
            TwinState.Preparing => await FoundAsync(run, cancel),
            TwinState.Running => await SeenAsync(run, snapshot, cancel),
            _ => run,
        };
        return now is { IsActive: false, BranchState: TwinBranch.There } && !IsOver(now, Clearing) && hand.Of(run.Project.Instance) is { } own ? await branches.RemoveAsync(now, own, cancel) : now;
    }

    private async Task<TwinRun?> FoundAsync(TwinRun run, CancellationToken cancel)
    {
        if (!(await branches.MadeAsync(run, Portal, cancel)).TryGet(out var seen, out var no)) return await HiddenAsync(run, no, cancel);
        if (seen.BranchState == TwinBranch.There) return await steps.GoAsync(seen, TwinState.Running, Actor.Portal, null, cancel);
        return IsOver(run, Patience) ? await steps.GoAsync(run, TwinState.Failed, Actor.Portal, "it was cut off before anything was made", cancel) : null;
    }

    private async Task<TwinRun?> SeenAsync(TwinRun run, FleetSnapshot? snapshot, CancellationToken cancel)
    {
        if (!(await pipelines.OfBranchAsync(Portal, run.Project, run.Branch, cancel)).TryGet(out var made, out var no)) return await HiddenAsync(run, no, cancel);
        if (made.FirstOrDefault(one => one.Commit == run.BranchCommit) is not { } pipeline)
            return IsOver(run, Patience) ? await steps.GoAsync(run, TwinState.Failed, Actor.Portal, "GitLab has made no pipeline for the branch", cancel) : null;
        if (!(await pipelines.JobsAsync(Portal, run.Project, pipeline.Number, cancel)).TryGet(out var jobs, out no)) return await HiddenAsync(run, no, cancel);
        var seen = run with { Pipeline = new TwinPipeline(pipeline.Number, pipeline.WebUrl), Docker = Half(jobs, TwinName.OnDocker(run.Job), snapshot), Kubernetes = Half(jobs, TwinName.OnKubernetes(run.Job), snapshot) };
        if (seen is { Docker: { } docker, Kubernetes: { } kubernetes } && docker.Status.IsFinal() && kubernetes.Status.IsFinal())
        {
            foreach (var half in (TwinHalf[])[docker, kubernetes]) await JudgeAsync(run, half, cancel);
            return await steps.GoAsync(seen, TwinState.Ended, Actor.Portal, null, cancel);
        }

        if (pipeline.HasEnded && jobs.Count == 0) return await steps.GoAsync(seen, TwinState.Failed, Actor.Portal, "GitLab has made a pipeline without jobs", cancel);
        if (IsOver(run, Longest)) return await GiveUpAsync(seen, pipeline, cancel);
        return seen == run ? null : await steps.KeepAsync(seen, cancel);
    }

    // Such as a project that was deleted meanwhile.
    private async Task<TwinRun?> HiddenAsync(TwinRun run, Refusal no, CancellationToken cancel) =>
        IsOver(run, Longest) ? await steps.GoAsync(run, TwinState.Failed, Actor.Portal, $"GitLab does not show it to the portal: {string.Join(" ", no.Reasons)}", cancel) : null;

    private async Task<TwinRun?> GiveUpAsync(TwinRun run, SeenPipeline pipeline, CancellationToken cancel)
    {
        if (hand.Of(run.Project.Instance) is { } own) await pipelines.CancelAsync(own, run.Project, pipeline.Number, cancel);
        return await steps.GoAsync(run, TwinState.Failed, Actor.Portal, $"it had not ended after {Longest.TotalHours:0} hours", cancel);
    }

    // A log that cannot be read now is asked for again by whoever looks.
    private async Task JudgeAsync(TwinRun run, TwinHalf half, CancellationToken cancel)
    {
        if (half is { Status: JobStatus.Failed, Runner: not null }) await explain.JudgeAsync(Logs, new JobId(run.Project.Instance, half.Job), run.Project, half.FailureReason, cancel);
    }

    private static TwinHalf? Half(IReadOnlyList<PipelineJob> jobs, string name, FleetSnapshot? snapshot)
    {
        // What somebody tries again by hand is no longer the same try on both.
        if (jobs.Where(one => one.Name == name).MinBy(one => one.Number) is not { } job) return null;
        var managers = snapshot?.Runners.FirstOrDefault(runner => runner.Id.Number == job.Runner)?.Observed.Managers ?? [];
        var manager = managers.FirstOrDefault(one => one.SystemId == job.SystemId) ?? (managers.Select(one => one.Executor).Distinct().Count() == 1 ? managers[0] : null);
        return new TwinHalf(job.Number, job.Status, job.FailureReason, job.Runner, manager?.Executor ?? Executor.Unknown, job.Status.IsFinal() ? job.QueuedSeconds : null, job.Status.IsFinal() ? job.RanSeconds : null, job.WebUrl);
    }

    private bool IsOver(TwinRun run, TimeSpan limit) => clock.Now(run.Project.Instance) - run.Since > limit;
}
