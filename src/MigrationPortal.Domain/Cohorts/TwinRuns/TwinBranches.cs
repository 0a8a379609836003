using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>Finds and deletes the branch that a twin run made, and never another's: the commit on it tells.</summary>
public sealed class TwinBranches(IProjectDesk desk, TwinSteps steps)
{
    /// <returns>The run with its branch, where that was made and its answer was lost; else as it was.</returns>
    public async Task<Outcome<TwinRun>> MadeAsync(TwinRun run, GitLabCaller caller, CancellationToken cancel)
    {
        if (!(await desk.BranchAsync(caller, run.Project, run.Branch, cancel)).TryGet(out var head, out var no)) return no;
        return head is not null && head.CommitTitle == run.CommitTitle ? run with { BranchState = TwinBranch.There, BranchCommit = head.CommitId } : run;
    }

    /// <summary>Of a run that is no longer active; done already, it changes nothing.</summary>
    /// <returns>The run as stored; null when GitLab says no to it, or somebody else changed the run meanwhile.</returns>
    public async Task<TwinRun?> RemoveAsync(TwinRun run, PersonToken person, CancellationToken cancel)
    {
        if (run.BranchState != TwinBranch.There) return run;
        if (!(await desk.BranchAsync(person, run.Project, run.Branch, cancel)).TryGet(out var head, out _)) return null;
        if (head is not null && head.CommitId != run.BranchCommit) return await steps.KeepAsync(run with { BranchState = TwinBranch.TakenOver }, cancel);
        if (head is not null && await desk.DeleteBranchAsync(person, run.Project, run.Branch, cancel) is Outcome<bool>.Refused) return null;
        return await steps.KeepAsync(run with { BranchState = TwinBranch.Gone }, cancel);
    }
}
