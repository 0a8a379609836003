using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>What a plan does to the job classes of the last days, before anybody presses the button.</summary>
/// <param name="SampledFraction">Share of jobs with known tags that this rests on, in [0, 1].</param>
public sealed record BlastRadius(TimeWindow Basis, long Jobs, double SampledFraction, IReadOnlyList<ClassEffect> Classes)
{
    public double JobsPerDay(JobClassEffect effect) => Classes.Where(one => one.Effect == effect).Sum(one => one.JobsPerDay);

    public int Projects(JobClassEffect effect) =>
        Classes.Where(one => one.Effect == effect).SelectMany(one => one.Projects).Distinct().Count();
}

/// <summary>Classes of the same tag set, protection, servers before and after, taken together.</summary>
/// <param name="Before">Roles that serve it before; "unmanaged" runners count as <see cref="ServedBy.Unmanaged"/>.</param>
public sealed record ClassEffect(
    TagSet Tags,
    bool? Protected,
    IReadOnlyList<ProjectId> Projects,
    double JobsPerDay,
    ServedBy Before,
    ServedBy After,
    JobClassEffect Effect);

[Flags]
public enum ServedBy
{
    Nobody = 0,
    Legacy = 1,
    Kubernetes = 2,
    Unmanaged = 4,
}

public enum JobClassEffect
{
    Unchanged,

    /// <summary>Served by Kubernetes alone afterwards, and by docker before.</summary>
    Moves,

    /// <summary>Served by Kubernetes and by others afterwards, docker or unmanaged: GitLab gives each job to whoever asks first.</summary>
    Shared,

    /// <summary>The part of a class that moves or is shared that is known to fail on Kubernetes (<see cref="PredictedFailure"/>).</summary>
    PredictedToFail,

    /// <summary>Served before, by nobody for as long as a brownout takes its tag away: meant, so it does not block.</summary>
    Waits,

    /// <summary>Served before, by nobody afterwards. Blocks the plan unless overridden by name.</summary>
    NoRunner,

    /// <summary>Kubernetes before, docker alone afterwards: the way back.</summary>
    Returns,

    /// <summary>Managed runners leave it, and only unmanaged ones still serve it.</summary>
    LeftToUnmanaged,

    /// <summary>Served by nobody before and after: the plan does not change that, so it does not block.</summary>
    UnservedBefore,
}
