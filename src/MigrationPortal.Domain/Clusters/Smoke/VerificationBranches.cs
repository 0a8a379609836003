using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Makes and deletes the branch of a verification, and never another's: the commit on it tells.</summary>
public sealed class VerificationBranches(ISmokeDesk desk, RevisionReader revisions, VerificationSteps steps)
{
    /// <summary>Makes it, or finds it where that was done and its answer was lost.</summary>
    /// <returns>With its commit; refused where it cannot be made.</returns>
    public async Task<Outcome<Verification>> MakeAsync(Verification verification, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(verification);
        if (!(await desk.BranchAsync(verification.Project, verification.Branch, cancel)).TryGet(out var head, out var no)) return no;
        if (head is not null) return head.Title == verification.CommitTitle ? verification with { BranchState = VerificationBranch.There, BranchCommit = head.Commit } : Refusal.Of("branch-taken", $"The branch {verification.Branch} is there already, and this portal did not make it.");
        if (await revisions.FindAsync(verification.Configuration, verification.Revision, cancel) is not { } revision) return Refusal.Of("unknown-revision", "The revision is gone.");
        if (!SmokeExpectations.Of(revision.Toml, verification.Choice).TryGet(out var expected, out no)) return no;
        if (!(await desk.ProjectAsync(verification.Project, cancel)).TryGet(out var project, out no)) return no;
        // Written down first: a branch whose answer is lost must be found and deleted again.
        if (verification.BranchState == VerificationBranch.Unmade)
        {
            if (await steps.KeepAsync(verification with { BranchState = VerificationBranch.There }, cancel) is not { } noted) return Refusal.Of("changed-meanwhile", "Somebody else changed it.");
            verification = noted;
        }

        if (!(await desk.CommitAsync(project, verification.Branch, verification.CommitTitle, SmokeFile.Of(expected), cancel)).TryGet(out var commit, out no)) return no;
        return verification with { BranchCommit = commit };
    }

    /// <summary>Of one that is no longer active: ends what still runs, and deletes the branch; done already, it changes nothing.</summary>
    /// <returns>As stored; null when GitLab says no to it, or somebody else changed it meanwhile.</returns>
    public async Task<Verification?> ClearAsync(Verification verification, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(verification);
        if (verification.BranchState != VerificationBranch.There) return verification;
        if (!(await desk.BranchAsync(verification.Project, verification.Branch, cancel)).TryGet(out var head, out _)) return null;
        await EndAsync(verification, cancel);
        if (head is not null && (verification.BranchCommit is { } commit ? head.Commit != commit : head.Title != verification.CommitTitle)) return await steps.KeepAsync(verification with { BranchState = VerificationBranch.TakenOver }, cancel);
        if (head is not null && await desk.DeleteBranchAsync(verification.Project, verification.Branch, cancel) is Outcome<bool>.Refused) return null;
        return await steps.KeepAsync(verification with { BranchState = VerificationBranch.Gone }, cancel);
    }

    private async Task EndAsync(Verification verification, CancellationToken cancel)
    {
        if (verification.State is VerificationState.Passed or VerificationState.Failed) return;
        // Stopped before anybody saw its pipeline, that would run on.
        if (verification.Pipeline is { } known) await desk.CancelAsync(verification.Project, known.Number, cancel);
        else if ((await desk.PipelinesAsync(verification.Project, verification.Branch, cancel)).TryGet(out var made, out _))
            foreach (var one in made.Where(one => !one.HasEnded)) await desk.CancelAsync(verification.Project, one.Number, cancel);
        if (verification.ProbePipeline is { } probe) await desk.CancelAsync(new ProjectId(verification.Instance, verification.Probe!.Project), probe.Number, cancel);
    }
}
