using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>What can be done about a ref whose jobs ran on docker.</summary>
public abstract record BranchFinding
{
    private BranchFinding()
    {
    }

    /// <param name="Staying">Jobs that ran on docker and keep their tags, with the reason.</param>
    public sealed record Fixable(CiEditRecord Change, IReadOnlyList<JobChange> Staying) : BranchFinding;

    /// <summary>The file asks for nothing on docker any more.</summary>
    public sealed record Right : BranchFinding;

    public sealed record Not(string Why) : BranchFinding;
}

/// <summary>
/// Reads the CI file of one branch and makes the change that leads its jobs to Kubernetes: of those alone whose tags were seen on
/// docker, the others run where they shall. Readiness is judged by this branch's own file. Changes nothing.
/// </summary>
public sealed class LookAtBranch(ProjectFiles files, IProjectDesk desk, IMoveTags tags, IScanStore scans, IFleetStore fleet, IProjectStore projects, IWorldClock clock)
{
    private const int MostReasons = 5;

    /// <exception cref="GitLabUnavailableException">GitLab did not answer, or the request budget is spent.</exception>
    public async Task<BranchFinding> RunAsync(ProjectId project, StragglingRef of, GitLabCaller caller, CancellationToken cancel)
    {
        if (WhyNoBranch(of.Name) is { } why) return new BranchFinding.Not(why);
        if (!(await desk.BranchAsync(caller, project, of.Name, cancel)).TryGet(out var head, out var no)) return Not(no);
        if (head is null) return new BranchFinding.Not("There is no branch of this name: it is a tag, whose files nobody can change, or the branch is gone.");
        if (!(await files.ReadAsync(project, of.Name, caller, cancel)).TryGet(out var now, out var unread)) return Not(unread);
        if (now.Lint is not { Valid: true, MergedYaml: { } merged }) return new BranchFinding.Not($"GitLab does not accept the configuration as it is: {string.Join(" ", now.Lint.Errors.DefaultIfEmpty("no reason is given."))}");
        var plan = MovePlan.Of(project, EnrollmentTarget.Kubernetes, now.Lint.Jobs.Select(job => (job.Name, job.Tags)), await BlockedAsync(project, of.Name, merged, cancel), await tags.ReadAsync(project.Instance, cancel), await ServedAsync(project, cancel));
        return Change(now, [.. plan.Jobs.Where(job => Asks(job, of.Tags))], plan.Jobs.Any(job => job.HasVariable));
    }

    private static BranchFinding Change(FilesNow now, IReadOnlyList<JobChange> asking, bool anyVariable)
    {
        var (moving, staying) = (asking.Where(job => job.Kind == JobChangeKind.Moves).ToList(), asking.Where(job => job.Kind is JobChangeKind.Stays or JobChangeKind.Pinned).ToList());
        if (moving.Count == 0 && staying.Count > 0) return new BranchFinding.Not(string.Join(" ", staying.Take(MostReasons).Select(job => $"{job.Name}: {job.Why}")));
        if (moving.Count == 0 && anyVariable) return new BranchFinding.Not("Jobs on it take their tags from a variable: change it in the project, the group, or the schedule that sets it.");
        if (moving.Count == 0) return new BranchFinding.Right();
        return EditCiTags.Apply(now.Files, [.. moving.Select(job => JobWish.Move(job.Name, job.To))], now.Lint) switch
        {
            CiEdit.Edited { Texts.Count: 0 } => new BranchFinding.Right(),
            CiEdit.Edited edit => new BranchFinding.Fixable(edit.Record, staying),
            CiEdit.Refused { Reasons: var reasons } => new BranchFinding.Not(string.Join(" ", reasons.Take(MostReasons))),
            _ => throw new InvalidOperationException("An edit of no known kind."),
        };
    }

    // Tags as they ran and as they are written are the same where no variable is among them.
    private static bool Asks(JobChange job, IReadOnlyList<TagSet?> seen) => !job.HasVariable && (seen.Contains(TagSet.Of(job.From)) || (seen.Contains(null) && job.From.Count > 0));

    private static string? WhyNoBranch(string name) => name switch
    {
        "" => "It is not known on which ref these jobs ran.",
        StragglerPlace.MergeRequests => "Merge requests run what their branch holds: they follow once they take in the change of the branch that they go to.",
        _ => null,
    };

    private async Task<IReadOnlySet<string>> BlockedAsync(ProjectId project, string branch, string merged, CancellationToken cancel)
    {
        var settings = await scans.SettingsAsync(project.Instance, cancel);
        var scan = ProjectScan.Of(new ScanSubject(project, branch), clock.Now(project.Instance), new CiReading(ScanState.Read, merged, null, []), settings.Scanner(), settings.Profile);
        return ScanJudgement.Of(scan, await scans.AcknowledgedAsync([project], cancel)).BlockedNames;
    }

    private async Task<Func<TagSet, bool>> ServedAsync(ProjectId project, CancellationToken cancel)
    {
        var service = await fleet.LatestAsync(project.Instance, cancel) is { } snapshot ? new ServiceIndex(snapshot) : null;
        var access = (await projects.FindAsync(project, cancel))?.Access;
        return set => ReadMove.IsServed(service, set, project, access, EnrollmentTarget.Kubernetes);
    }

    // "Not now" says nothing about the branch.
    private static BranchFinding.Not Not(Refusal no) => no.Code == DeskCode.RateLimited
        ? throw new GitLabUnavailableException(string.Join(" ", no.Reasons)) { Status = 429, RetryAfter = no.RetryAfter }
        : new(string.Join(" ", no.Reasons));
}
