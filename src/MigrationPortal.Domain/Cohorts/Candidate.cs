using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>A project that a cohort might take.</summary>
/// <param name="Groups">Its group and all of that one's ancestors.</param>
/// <param name="JobsPerDay">Of the last two weeks.</param>
/// <param name="Exclusion">Why it is not taken; null when it may be.</param>
public sealed record Candidate(ProjectId Project, string FullPath, IReadOnlySet<long> Groups, double JobsPerDay, Exclusion? Exclusion = null)
{
    public ActivityStratum Stratum => ActivityStrata.Of(JobsPerDay);
}

/// <param name="Code">Stable, for sums: see <see cref="Exclusions"/>.</param>
/// <param name="Sentence">For people, with the remedy where there is one.</param>
public sealed record Exclusion(string Code, string Sentence);

/// <summary>Codes of exclusions.</summary>
public static class Exclusions
{
    public const string Archived = "archived";

    /// <summary>No job in two weeks: it could prove nothing.</summary>
    public const string NoJobs = "no-jobs";

    /// <summary>It has its place already: as a volunteer, a pin, or in another cohort.</summary>
    public const string Enrolled = "enrolled";

    /// <summary>Instance runners are off for it.</summary>
    public const string NoInstanceRunners = "no-instance-runners";

    /// <summary>An admin wrote it down.</summary>
    public const string Named = "named";

    /// <summary>A blocking finding in its CI configuration.</summary>
    public const string NotReady = "not-ready";

    /// <summary>It tried and went back, or said no: it is not asked again by chance.</summary>
    public const string WentBack = "went-back";
}

/// <summary>A project in its place in a cohort, as it was when it came in: later activity or a new group changes nothing of that.</summary>
public sealed record Member(ProjectId Project, ActivityStratum Stratum, IReadOnlySet<long> Groups);
