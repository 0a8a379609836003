using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>
/// Begins a twin run in its maintainer's name: one commit on a branch of its own, whose push is what starts the pipeline, so that
/// there is one and never two. Asked again it finds what was begun, and goes on with it where it was cut off.
/// </summary>
public sealed class StartTwin(PreviewTwin preview, ITwinStore twins, IProjectDesk desk, TwinBranches branches, TwinSteps steps)
{
    /// <summary>Twin runs of an instance at one time: each takes runners that others wait for.</summary>
    public const int Most = 20;

    /// <returns>
    /// Refuses <c>twin-running</c>, <c>too-many-open</c>, <c>branch-taken</c>, <c>changed-meanwhile</c>, what
    /// <see cref="PreviewTwin.RunAsync"/> refuses, and GitLab's own no with a <see cref="DeskCode"/>: then nothing was made.
    /// </returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer; asked again, it goes on.</exception>
    public async Task<Outcome<TwinRun>> RunAsync(ProjectId project, string job, PersonToken person, Actor who, CancellationToken cancel)
    {
        var active = await twins.ActiveAsync(project, cancel);
        if (active is not null && active.Job != job) return Refusal.Of("twin-running", $"{active.Job} is being tried at this moment. Stop it, or wait for its end.");
        if (active is { State: TwinState.Running }) return active;
        if (active is null && (await twins.OpenAsync(project.Instance, cancel)).Count(one => one.IsActive) >= Most) return Refusal.Of("too-many-open", $"{Most} jobs are being tried at this moment: try again when some have ended.");
        // The branch may be there although its answer was lost.
        if (active is not null && await FoundAsync(active, person, who, cancel) is { } there) return there;
        if (!(await preview.RunAsync(project, job, person, cancel)).TryGet(out var plan, out var no)) return no;
        var begun = active is null ? await steps.BeginAsync(plan, who, cancel) : await steps.KeepAsync(TwinSteps.Planned(active, plan), cancel);
        return begun is null ? Meanwhile(project) : await CommitAsync(begun, plan, person, who, cancel);
    }

    private async Task<Outcome<TwinRun>> CommitAsync(TwinRun run, TwinPlan plan, PersonToken person, Actor who, CancellationToken cancel)
    {
        foreach (var left in (await twins.OpenAsync(run.Project.Instance, cancel)).Where(one => one.Project == run.Project && !one.IsActive)) await branches.RemoveAsync(left, person, cancel);
        var commit = new NewCommit(run.Branch, plan.Branch, run.CommitTitle, [plan.File]) { StartCommit = plan.Commit };
        if ((await desk.CommitAsync(person, run.Project, commit, cancel)).TryGet(out var made, out var no))
            return await steps.GoAsync(run with { BranchCommit = made, BranchState = TwinBranch.There }, TwinState.Running, who, null, cancel) is { } running ? running : Meanwhile(run.Project);
        if (no.Code == DeskCode.Conflict)
        {
            if (await FoundAsync(run, person, who, cancel) is { } there) return there;
            no = Refusal.Of("branch-taken", $"The branch {run.Branch} is there already, and this portal did not make it now: delete it in GitLab and try again.");
        }

        await steps.GoAsync(run, TwinState.Failed, who, string.Join(" ", no.Reasons), cancel);
        return no;
    }

    private async Task<Outcome<TwinRun>?> FoundAsync(TwinRun run, PersonToken person, Actor who, CancellationToken cancel)
    {
        if (!(await branches.MadeAsync(run, person, cancel)).TryGet(out var seen, out var no)) return no;
        return seen.BranchState != TwinBranch.There ? null : await steps.GoAsync(seen, TwinState.Running, who, null, cancel) is { } running ? running : Meanwhile(run.Project);
    }

    private static Refusal Meanwhile(ProjectId project) => Refusal.Of(DeskCode.ChangedMeanwhile, $"Somebody else tries a job of project {project} at this moment: look again.");
}
