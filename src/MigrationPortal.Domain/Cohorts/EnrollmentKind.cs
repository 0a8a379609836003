namespace MigrationPortal.Domain.Cohorts;

/// <summary>How a project came to its place. Never mixed in an analysis. Stored by name: never rename one.</summary>
public enum EnrollmentKind
{
    /// <summary>Drawn by a cohort: the only kind that a coin is tossed for, and whose comparison is honest.</summary>
    Random,

    /// <summary>Its maintainers asked for it: careful teams come first, so it is shown and not counted (statistics.md A.4).</summary>
    Volunteer,

    /// <summary>An admin named it.</summary>
    HandPicked,

    /// <summary>By a group's variable or a shared template.</summary>
    Carried,
}

/// <summary>Where the project's jobs are meant to run. Stored by name: never rename one.</summary>
public enum EnrollmentTarget
{
    Kubernetes,

    /// <summary>Pinned.</summary>
    Docker,

    /// <summary>No tag: the project follows the phase.</summary>
    Default,
}

/// <summary>How the change reaches the project. Stored by name: never rename one.</summary>
public enum EnrollmentWay
{
    MergeRequest,

    /// <summary>Of the project or its group, where the configuration names one.</summary>
    Variable,

    /// <summary>The unlocked pair of project runners.</summary>
    ProjectRunner,

    /// <summary>Somebody pastes the lines.</summary>
    Paste,
}
