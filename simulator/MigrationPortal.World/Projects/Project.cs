namespace MigrationPortal.World;

public enum Visibility
{
    Private,
    Internal,
    Public,
}

/// <summary>One project with everything that decides what its jobs are and where they may run.</summary>
public sealed class Project
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required string Path { get; init; }

    public required Group Namespace { get; init; }

    public string FullPath => $"{Namespace.FullPath}/{Path}";

    public string FullName => $"{Namespace.FullName} / {Name}";

    public string Description { get; init; } = "";

    public string DefaultBranch { get; internal set; } = "main";

    public Visibility Visibility { get; init; } = Visibility.Internal;

    public bool Archived { get; internal set; }

    /// <summary>False when CI is switched off (<c>builds_access_level: disabled</c>).</summary>
    public bool CiEnabled { get; internal set; } = true;

    public bool SharedRunnersEnabled { get; internal set; } = true;

    public bool GroupRunnersEnabled { get; internal set; } = true;

    /// <summary>Null means <c>.gitlab-ci.yml</c>; else <c>path</c>, <c>path@group/project</c> or <c>path@group/project:ref</c>.</summary>
    public string? CiConfigPath { get; internal set; }

    /// <summary>In seconds.</summary>
    public int BuildTimeout { get; internal set; } = 3600;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastActivityAt { get; internal set; }

    /// <summary>When a setting was last changed; null for never.</summary>
    public DateTimeOffset? SettingsChangedAt { get; internal set; }

    /// <summary>GitLab touches it for both.</summary>
    public DateTimeOffset UpdatedAt => SettingsChangedAt > LastActivityAt ? SettingsChangedAt.Value : LastActivityAt;

    public IReadOnlyList<string> Topics { get; internal set; } = [];

    public IReadOnlyList<CiVariable> Variables => VariableList;

    public IReadOnlyList<ProtectedRef> ProtectedBranches => ProtectedBranchList;

    public IReadOnlyList<ProtectedRef> ProtectedTags => ProtectedTagList;

    public IReadOnlyList<PipelineSchedule> Schedules => ScheduleList;

    public IReadOnlyList<ProjectHook> Hooks => HookList;

    public Repository Repository { get; } = new();

    internal List<CiVariable> VariableList { get; } = [];

    internal List<ProtectedRef> ProtectedBranchList { get; } = [];

    internal List<ProtectedRef> ProtectedTagList { get; } = [];

    internal List<PipelineSchedule> ScheduleList { get; } = [];

    internal List<ProjectHook> HookList { get; } = [];

    /// <summary>Oldest first. Pipelines have rising ids.</summary>
    internal List<Pipeline> PipelineList { get; } = [];

    /// <summary>Oldest first, by id.</summary>
    internal List<Job> JobList { get; } = [];

    /// <summary>Jobs of this project now running on instance runners: what fair use orders by.</summary>
    internal int RunningOnInstanceRunners { get; set; }

    public bool IsProtected(string refName, bool isTag) =>
        (isTag ? ProtectedTagList : ProtectedBranchList).Exists(p => p.Matches(refName));
}

/// <summary>A protected branch or tag; the name may hold <c>*</c> wildcards.</summary>
/// <param name="PushAccess">Least level that may push; <see cref="AccessLevel.None"/> means nobody, not even an administrator.</param>
public sealed record ProtectedRef(int Id, string Name, AccessLevel PushAccess, AccessLevel MergeAccess)
{
    public bool Matches(string refName) => Wildcard.Matches(Name, refName);
}

public sealed class PipelineSchedule
{
    public required int Id { get; init; }

    public required string Description { get; init; }

    /// <summary>Five cron fields, in UTC.</summary>
    public required string Cron { get; init; }

    public required string Ref { get; init; }

    public required User Owner { get; init; }

    public bool Active { get; internal set; } = true;

    public DateTimeOffset NextRunAt { get; internal set; }

    public DateTimeOffset? LastRunAt { get; internal set; }
}

/// <summary>A project web hook as stored. Delivery is the server's matter.</summary>
public sealed class ProjectHook
{
    public required int Id { get; init; }

    public required int ProjectId { get; init; }

    public required HookSettings Settings { get; set; }

    /// <summary><c>executable</c>, <c>temporarily_disabled</c> or <c>disabled</c>: nothing is delivered then. The server's, so not kept.</summary>
    public string AlertStatus { get; set; } = "executable";

    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record HookSettings(
    string Url,
    bool JobEvents = false,
    bool PipelineEvents = false,
    bool PushEvents = true,
    bool EnableSslVerification = true,
    string? Token = null,
    string? SigningToken = null,
    string? Name = null,
    string? Description = null,
    IReadOnlyDictionary<string, string>? CustomHeaders = null);

public enum VariableType
{
    EnvVar,
    File,
}

/// <summary>A CI/CD variable of the instance, a group or a project.</summary>
public sealed record CiVariable(
    string Key,
    string Value,
    VariableType Type = VariableType.EnvVar,
    bool Protected = false,
    bool Masked = false,
    bool Raw = false,
    string EnvironmentScope = "*",
    string? Description = null,
    bool Hidden = false);

public sealed class BroadcastMessage
{
    public required int Id { get; init; }

    public required BroadcastSettings Settings { get; set; }
}

/// <param name="BroadcastType"><c>banner</c> or <c>notification</c>.</param>
public sealed record BroadcastSettings(
    string Message,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string BroadcastType = "banner",
    string Theme = "indigo",
    string? TargetPath = null,
    bool Dismissable = true,
    IReadOnlyList<AccessLevel>? TargetAccessLevels = null);
