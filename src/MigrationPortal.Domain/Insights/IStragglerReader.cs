using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>Projects whose jobs still end on docker, from the days that the digest sweep counted.</summary>
public interface IStragglerReader
{
    /// <summary>All of them, most jobs a day first.</summary>
    Task<Stragglers> ReadAsync(StragglerFilter filter, CancellationToken cancel);

    /// <summary>By ref, pipeline source and tags, most jobs first: a fix on the default branch reaches neither <c>release/*</c> nor a schedule.</summary>
    /// <param name="projects">Null takes all.</param>
    Task<IReadOnlyList<StragglerPlace>> PlacesAsync(StragglerFilter filter, IReadOnlyCollection<ProjectId>? projects, CancellationToken cancel);
}

/// <param name="Window">Whole UTC days: the first one counts in full. What is not read whole yet is left out.</param>
/// <param name="Ref">Merge requests' refs are all one: <see cref="StragglerPlace.MergeRequests"/>.</param>
/// <param name="Owner">Top-level group.</param>
/// <param name="Search">Part of the path.</param>
/// <param name="Managed">Only what ran on managed, or on unmanaged, docker runners.</param>
public sealed record StragglerFilter(
    InstanceId Instance, TimeWindow Window, string? Source = null, string? Ref = null, string? Owner = null, string? Search = null, bool? Managed = null);

/// <param name="Basis">The part of the window that the counts rest on.</param>
/// <param name="Finished">Jobs of all projects in it that finished and pass the filter, wherever they ran.</param>
/// <param name="Projects">Projects of which such a job finished in it.</param>
/// <param name="CountedAt">The instance's time of the last count; null before the first.</param>
public sealed record Stragglers(
    TimeWindow Basis, long Finished, long Projects, IReadOnlyList<Straggler> Items, IReadOnlyList<StragglerSource> Sources, DateTimeOffset? CountedAt)
{
    /// <summary>So far back days are counted, and can be asked for: eight whole weeks and the running one. Older raw rows may be gone.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(62);

    public long OnDocker => Items.Sum(one => one.OnDocker);

    public double PerDay(long jobs) => jobs / Basis.Days;
}

/// <param name="Source">Of the pipeline, such as <c>schedule</c>; null when it is not known.</param>
/// <param name="Jobs">On docker.</param>
public sealed record StragglerSource(string? Source, long Jobs, long Projects);

/// <param name="OnDocker">Its jobs that finished on docker, as the filter asks.</param>
/// <param name="OnManaged">Of these, on runners that are managed; the others ran on runners that no plan ever changes.</param>
/// <param name="OnDefaultBranch">Of these, on the default branch: what a fix there reaches.</param>
/// <param name="OnMergeRequests">Of these, on merge requests: reached once they are rebased on the fix.</param>
/// <param name="Finished">All of its jobs that finished and pass the filter, wherever they ran.</param>
public sealed record Straggler(
    ProjectId Project, string? Path, long OnDocker, long OnManaged, long OnDefaultBranch, long OnMergeRequests, long Finished, DateOnly LastDay)
{
    /// <summary>The top-level group; null while the path is not known.</summary>
    public string? Owner => Path?.Split('/')[0];

    public long OnUnmanaged => OnDocker - OnManaged;

    public long OnOtherRefs => OnDocker - OnDefaultBranch - OnMergeRequests;
}

/// <param name="Tags">Null when they are not known.</param>
public sealed record StragglerPlace(ProjectId Project, string? Path, string Ref, string? Source, TagSet? Tags, bool Managed, long Jobs, DateOnly LastDay)
{
    /// <summary>Stands for <c>refs/merge-requests/N/head</c> and <c>/merge</c> of all merge requests.</summary>
    public const string MergeRequests = "refs/merge-requests/*";
}
