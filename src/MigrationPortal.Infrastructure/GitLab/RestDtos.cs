namespace MigrationPortal.Infrastructure.GitLab;

// Only what the portal reads. GitLab adds fields freely and leaves conditional ones out, so everything that is not
// always there is nullable; booleans may come as null and then mean false (gitlab-api.md 0).

internal sealed record VersionDto(string? Version, string? Revision);

internal sealed record TokenDto(IReadOnlyList<string>? Scopes, DateOnly? ExpiresAt, bool? Active, bool? Revoked);

/// <param name="IsAdmin">Present for administrators only.</param>
internal sealed record UserDto(long Id, string Username, string? Name, string? State, bool? IsAdmin, string? Email = null, string? PublicEmail = null, string? CommitEmail = null, bool? Bot = null);

internal sealed record RunnerDto(
    long Id,
    string? Description,
    string? RunnerType,
    bool? Paused,
    bool? Active,
    IReadOnlyList<string>? TagList,
    bool? RunUntagged,
    bool? Locked,
    string? AccessLevel,
    string? MaintenanceNote,
    DateTimeOffset? ContactedAt,
    IReadOnlyList<IdDto>? Projects,
    IReadOnlyList<IdDto>? Groups);

internal sealed record IdDto(long Id);

internal sealed record RunnerUpdateDto(IReadOnlyList<string> TagList, bool RunUntagged, bool Paused, string? MaintenanceNote);

/// <param name="AlertStatus"><c>executable</c>, <c>temporarily_disabled</c> or <c>disabled</c>.</param>
internal sealed record HookDto(long Id, string? Url, bool? JobEvents, string? AlertStatus, DateTimeOffset? DisabledUntil);

/// <param name="PushEvents">Said, because GitLab takes true when it is left out.</param>
internal sealed record HookWriteDto(string Url, string Name, bool JobEvents, bool PushEvents, string? Token, string? SigningToken);

internal sealed record BroadcastDto(long Id, string? Message, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt);

/// <param name="BroadcastType"><c>banner</c> or <c>notification</c>.</param>
internal sealed record BroadcastWriteDto(string Message, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string BroadcastType, bool Dismissable);

internal sealed record NewRunnerDto(string RunnerType, string Description, IReadOnlyList<string> TagList, bool RunUntagged, bool Paused, string? MaintenanceNote);

/// <param name="Token">The <c>glrt-</c> token, given once.</param>
internal sealed record MadeRunnerDto(long Id, string Token);

/// <param name="Token">The new <c>glrt-</c> token, given once.</param>
internal sealed record RunnerTokenDto(string Token);

/// <param name="Status"><c>online</c>, <c>offline</c>, <c>stale</c> or <c>never_contacted</c>.</param>
internal sealed record ManagerDto(string? SystemId, string? Version, DateTimeOffset? ContactedAt, string? Status);

/// <summary>Without its value, which nobody needs.</summary>
internal sealed record InstanceVariableDto(string Key, bool? Protected);

internal sealed record RunnerJobDto(
    long Id,
    string Status,
    string? Name,
    string? Stage,
    string? Ref,
    bool? AllowFailure,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    double? QueuedDuration,
    string? FailureReason,
    PipelineDto? Pipeline,
    IdDto? Project);

internal sealed record JobDto(
    long Id,
    string Status,
    string? Name,
    string? Stage,
    string? Ref,
    bool? Tag,
    bool? AllowFailure,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    double? QueuedDuration,
    string? FailureReason,
    IReadOnlyList<string>? TagList,
    PipelineDto? Pipeline,
    IdDto? Runner,
    JobManagerDto? RunnerManager);

internal sealed record JobManagerDto(string? SystemId);

internal sealed record PipelineDto(long Id, string? Source);

internal sealed record ProjectDto(
    long Id,
    string PathWithNamespace,
    string? WebUrl,
    string? DefaultBranch,
    bool? Archived,
    bool? EmptyRepo,
    NamespaceDto? Namespace,
    DateTimeOffset? LastActivityAt,
    bool? SharedRunnersEnabled,
    bool? GroupRunnersEnabled);

internal sealed record NamespaceDto(long Id, string? FullPath, string? Kind, long? ParentId);

internal sealed record GroupDto(long Id, string? FullPath, long? ParentId);

internal sealed record ProtectedRefDto(string Name);
