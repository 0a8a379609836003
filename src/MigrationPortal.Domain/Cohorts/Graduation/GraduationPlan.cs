using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Graduation;

/// <summary>
/// Whether a moved project can follow the phase for good: its opt-in is taken out, and each job must be taken by Kubernetes with
/// the tags that it had before. One that had none runs there untagged, one whose tags are adopted runs there by them; one whose
/// old tags stay on docker or end would go back, or find nobody. Pure.
/// </summary>
/// <param name="WhyNot">One sentence a job in the way; empty: it can graduate.</param>
/// <param name="Jobs">Whose tags change.</param>
public sealed record GraduationPlan(Enrollment Enrollment, string Path, IReadOnlyList<string> WhyNot, int Jobs)
{
    public bool CanGraduate => WhyNot.Count == 0;

    /// <summary>Its people closed the merge request since graduation was started, or GitLab refused: they are asked again when an admin starts anew.</summary>
    public bool SaidNo { get; init; }

    /// <param name="scan">The newest.</param>
    /// <param name="stood">Of the way: jobs with what they will have, and with what they have now.</param>
    /// <param name="served">Whether Kubernetes takes jobs with these tags.</param>
    public static GraduationPlan Of(Enrollment enrollment, string path, ProjectScan? scan, ScanJudgement? judged, IReadOnlyList<JobTags> stood, MoveTags tags, Func<TagSet, bool> served)
    {
        ArgumentNullException.ThrowIfNull(enrollment);
        ArgumentNullException.ThrowIfNull(stood);
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(served);
        if (scan is not { State: ScanState.Read } || judged is null) return new(enrollment, path, ["Its CI file could not be read, so nobody knows what its jobs would ask for."], 0);
        var there = scan.Jobs.Select(job => job.Name).ToHashSet(StringComparer.Ordinal);
        var changed = stood.Where(job => there.Contains(job.Job)).ToList();
        return new(enrollment, path, [.. changed.Select(job => InTheWay(job, judged, tags, served)).OfType<string>()], changed.Count);
    }

    private static string? InTheWay(JobTags job, ScanJudgement judged, MoveTags tags, Func<TagSet, bool> served)
    {
        var then = TagSet.Of(job.Before);
        if (judged.IsBlocked(job.Job)) return $"{job.Job} will not work on Kubernetes as it is: mend it first.";
        if (then.FirstOrDefault(tag => !tags.Adopted.Contains(tag)) is { } old) return $"{job.Job} asked for {old} before, which Kubernetes does not take: adopt that tag, or change the job.";
        return served(then) ? null : $"No Kubernetes runner takes {(then.IsEmpty ? "untagged jobs" : $"jobs with the tags {then}")} at the moment, as {job.Job} would be.";
    }
}
