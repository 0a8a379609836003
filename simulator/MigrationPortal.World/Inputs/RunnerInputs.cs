namespace MigrationPortal.World;

/// <summary>What a PUT may change; null leaves as is. Value: the <see cref="Runner"/>.</summary>
/// <param name="TagList">Replaces all tags. Each entry may itself hold several, divided by commas.</param>
/// <param name="MaximumTimeout">Seconds, at least 600; <see cref="NoTimeout"/> takes the limit away.</param>
public sealed record UpdateRunner(
    int RunnerId,
    string? Description = null,
    bool? Paused = null,
    IReadOnlyList<string>? TagList = null,
    bool? RunUntagged = null,
    bool? Locked = null,
    bool? RefProtected = null,
    int? MaximumTimeout = null,
    string? MaintenanceNote = null) : WorldInput
{
    public const int NoTimeout = -1;
}

/// <summary>Value: the <see cref="Runner"/>, with its one-time token.</summary>
public sealed record CreateRunner(
    RunnerType Type,
    int? GroupId = null,
    int? ProjectId = null,
    string? Description = null,
    bool Paused = false,
    IReadOnlyList<string>? TagList = null,
    bool RunUntagged = true,
    bool Locked = false,
    bool RefProtected = false,
    int? MaximumTimeout = null,
    string? MaintenanceNote = null,
    int? ById = null) : WorldInput;

public sealed record DeleteRunner(int RunnerId) : WorldInput;

/// <summary>Value: the <see cref="Runner"/> with its new token.</summary>
public sealed record ResetRunnerToken(int RunnerId) : WorldInput;

/// <summary>Value: the <see cref="Runner"/>.</summary>
public sealed record AssignRunner(int ProjectId, int RunnerId) : WorldInput;

public sealed record UnassignRunner(int ProjectId, int RunnerId) : WorldInput;

/// <summary>Starts a runner process: it begins to poll with the runner's token. Value: the <see cref="RunnerManager"/>.</summary>
/// <param name="Slots">Jobs at once, at least 1.</param>
public sealed record ConnectManager(
    int RunnerId,
    Executor Executor,
    int Slots,
    string? SystemId = null,
    string? Cluster = null,
    string? Version = null) : WorldInput;

/// <summary>Stops a runner process for good; its running jobs are interrupted.</summary>
public sealed record DisconnectManager(int ManagerId) : WorldInput;

/// <summary>Asks a runner process to end: it takes no more jobs and is gone when the last one has ended. Value: the <see cref="RunnerManager"/>.</summary>
public sealed record StopManager(int ManagerId) : WorldInput;
