namespace MigrationPortal.Domain.Cohorts;

/// <summary>
/// How busy a project is: cohorts take the same share of each, so that their traffic is that share too and not what one big
/// project makes it. The cuts are fixed: one project's stratum never depends on another's. Stored by name: never rename one.
/// </summary>
public enum ActivityStratum
{
    /// <summary>Less than a job a day.</summary>
    Rare,

    /// <summary>1 to below 10 jobs a day.</summary>
    Quiet,

    /// <summary>10 to below 100.</summary>
    Busy,

    /// <summary>100 and more.</summary>
    Heavy,
}

public static class ActivityStrata
{
    public static ActivityStratum Of(double jobsPerDay) => jobsPerDay switch
    {
        >= 100 => ActivityStratum.Heavy,
        >= 10 => ActivityStratum.Busy,
        >= 1 => ActivityStratum.Quiet,
        _ => ActivityStratum.Rare,
    };
}
