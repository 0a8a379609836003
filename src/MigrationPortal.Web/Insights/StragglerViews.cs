using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Web.Insights;

/// <summary>A project whose jobs still ended on docker in the window.</summary>
/// <param name="Owner">Its top-level group; null while its path is not known.</param>
/// <param name="FinishedOnDockerPerDay">Per day of the part of the window that is read whole.</param>
/// <param name="FinishedOnUnmanaged">Of those on docker, on runners that the portal does not manage.</param>
/// <param name="OnOtherRefs">Of those on docker, neither on the default branch nor on a merge request: a fix of the default branch does not reach them.</param>
/// <param name="Finished">All of its jobs that finished, wherever they ran.</param>
/// <param name="ShareOnDocker">Fraction of <paramref name="Finished"/>.</param>
/// <param name="LastDay">The last day on which a job of it ended on docker.</param>
public sealed record StragglerView(
    long ProjectId, string? ProjectPath, string? Owner, long FinishedOnDocker, double FinishedOnDockerPerDay, long FinishedOnUnmanaged,
    long OnDefaultBranch, long OnMergeRequests, long OnOtherRefs, long Finished, double ShareOnDocker, DateOnly LastDay)
{
    internal static StragglerView Of(Straggler one, Stragglers all) => new(
        one.Project.Number, one.Path, one.Owner, one.OnDocker, all.PerDay(one.OnDocker), one.OnUnmanaged,
        one.OnDefaultBranch, one.OnMergeRequests, one.OnOtherRefs, one.Finished, (double)one.OnDocker / one.Finished, one.LastDay);
}

/// <summary>Where the jobs that still ended on docker came from.</summary>
/// <param name="Ref"><c>refs/merge-requests/*</c> stands for those of all merge requests.</param>
/// <param name="TagsKnown">False: the job's tags are not known; an empty list then means nothing.</param>
public sealed record StragglerPlaceView(
    long ProjectId, string? ProjectPath, string Ref, string? Source, IReadOnlyList<string> Tags, bool TagsKnown, bool Managed, long FinishedOnDocker, DateOnly LastDay)
{
    internal static StragglerPlaceView Of(StragglerPlace one) => new(
        one.Project.Number, one.Path, one.Ref, one.Source, [.. one.Tags ?? Domain.Shared.TagSet.Empty], one.Tags is not null, one.Managed, one.Jobs, one.LastDay);
}
