using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>Stops a twin run in its maintainer's name, and takes away what it made; of one that has ended, what it left.</summary>
public sealed class StopTwin(ITwinStore twins, IPipelineDesk pipelines, TwinBranches branches, TwinSteps steps)
{
    /// <returns>Refuses <c>unknown-twin-run</c>, <c>not-started-yet</c>, <c>changed-meanwhile</c>, and GitLab's own no with a <see cref="DeskCode"/>.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer; asked again, it goes on.</exception>
    public async Task<Outcome<TwinRun>> RunAsync(ProjectId project, long id, PersonToken person, Actor who, CancellationToken cancel)
    {
        if (await twins.FindAsync(project, id, cancel) is not { } run) return Refusal.Of("unknown-twin-run", $"The project has no twin run {id}.");
        if (run.IsActive)
        {
            if (!(await branches.MadeAsync(run, person, cancel)).TryGet(out run, out var no)) return no;
            if (run.BranchState == TwinBranch.There)
            {
                if (!(await PipelineAsync(run, person, cancel)).TryGet(out var pipeline, out no)) return no;
                if (!(await pipelines.CancelAsync(person, project, pipeline.Number, cancel)).TryGet(out _, out no)) return no;
                run = run with { Pipeline = pipeline };
            }

            if (await steps.GoAsync(run, TwinState.Stopped, who, "stopped", cancel) is not { } stopped) return Refusal.Of(DeskCode.ChangedMeanwhile, "It ended at this moment: look again.");
            run = stopped;
        }

        return await branches.RemoveAsync(run, person, cancel) ?? run;
    }

    // Stopped before GitLab has made it, the pipeline would run on without anybody looking.
    private async Task<Outcome<TwinPipeline>> PipelineAsync(TwinRun run, PersonToken person, CancellationToken cancel)
    {
        if (run.Pipeline is { } known) return known;
        if (!(await pipelines.OfBranchAsync(person, run.Project, run.Branch, cancel)).TryGet(out var seen, out var no)) return no;
        return seen.FirstOrDefault(one => one.Commit == run.BranchCommit) is { } found ? new TwinPipeline(found.Number, found.WebUrl) : Refusal.Of("not-started-yet", "GitLab has not started it yet: try again in a few seconds.");
    }
}
