namespace MigrationPortal.Domain.Fleet;

/// <summary>Who may use a runner: every project, a group tree, or assigned projects.</summary>
public enum RunnerType
{
    Instance,
    Group,
    Project,
}

public enum RunnerAccessLevel
{
    NotProtected,

    /// <summary>Takes only jobs on protected refs (gitlab-api.md 8).</summary>
    RefProtected,
}

/// <summary>GitLab's own word for a runner's contact; "online" lasts two hours and proves nothing about service.</summary>
public enum RunnerStatus
{
    Online,
    Offline,
    Stale,
    NeverContacted,
}
