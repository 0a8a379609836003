namespace MigrationPortal.World;

public enum VariableLevel
{
    Instance,
    Group,
    Project,
}

/// <summary>Where a variable stands. <paramref name="OwnerId"/> is the group's or project's id, 0 for the instance.</summary>
public sealed record VariableOwner(VariableLevel Level, int OwnerId = 0);

/// <summary>Value: the <see cref="CiVariable"/>.</summary>
public sealed record CreateVariable(VariableOwner Owner, CiVariable Variable) : WorldInput;

/// <summary>Replaces the variable of this key and scope. Value: the <see cref="CiVariable"/>.</summary>
public sealed record UpdateVariable(VariableOwner Owner, string Key, CiVariable Variable, string EnvironmentScope = "*") : WorldInput;

public sealed record DeleteVariable(VariableOwner Owner, string Key, string EnvironmentScope = "*") : WorldInput;

/// <summary>Null leaves as is; an empty <paramref name="CiConfigPath"/> means the usual file. Value: the <see cref="Project"/>.</summary>
public sealed record UpdateProject(
    int ProjectId,
    bool? SharedRunnersEnabled = null,
    bool? GroupRunnersEnabled = null,
    string? CiConfigPath = null,
    int? BuildTimeout = null,
    IReadOnlyList<string>? Topics = null,
    bool? CiEnabled = null,
    bool? Archived = null) : WorldInput;

/// <summary>Value: the <see cref="Group"/>.</summary>
public sealed record UpdateGroup(int GroupId, SharedRunnersSetting SharedRunners) : WorldInput;

/// <summary>Value: the <see cref="ProjectHook"/>.</summary>
public sealed record CreateHook(int ProjectId, HookSettings Settings) : WorldInput;

/// <summary>Value: the <see cref="ProjectHook"/>.</summary>
public sealed record UpdateHook(int ProjectId, int HookId, HookSettings Settings) : WorldInput;

public sealed record DeleteHook(int ProjectId, int HookId) : WorldInput;

/// <summary>Value: the <see cref="BroadcastMessage"/>.</summary>
public sealed record CreateBroadcast(BroadcastSettings Settings) : WorldInput;

/// <summary>Value: the <see cref="BroadcastMessage"/>.</summary>
public sealed record UpdateBroadcast(int Id, BroadcastSettings Settings) : WorldInput;

public sealed record DeleteBroadcast(int Id) : WorldInput;
