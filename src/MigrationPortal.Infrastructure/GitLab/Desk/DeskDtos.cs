namespace MigrationPortal.Infrastructure.GitLab.Desk;

// As RestDtos: only what is read, and nullable whatever is not always there.

/// <param name="BuildsAccessLevel"><c>disabled</c>, <c>private</c> or <c>enabled</c>; older ones tell <c>jobs_enabled</c> alone.</param>
internal sealed record ProjectSettingsDto(
    long Id,
    string PathWithNamespace,
    string? WebUrl,
    string? DefaultBranch,
    string? CiConfigPath,
    bool? SharedRunnersEnabled,
    bool? GroupRunnersEnabled,
    string? BuildsAccessLevel,
    bool? JobsEnabled,
    bool? Archived);

internal sealed record ProjectSwitchesDto(bool? SharedRunnersEnabled, bool? GroupRunnersEnabled);

/// <param name="Content">In base64.</param>
internal sealed record FileDto(string FilePath, string Content, string LastCommitId);

internal sealed record BranchDto(string Name, bool? Protected, bool? Default, CommitDto? Commit);

internal sealed record CommitDto(string Id, string? Title, DateTimeOffset? CommittedDate, string? AuthorEmail = null);

/// <param name="StartBranch">Null where <paramref name="StartSha"/> says where it begins.</param>
internal sealed record CommitWriteDto(string Branch, string? StartBranch, string? StartSha, string CommitMessage, IReadOnlyList<CommitActionDto> Actions);

/// <param name="Action"><c>create</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="Encoding"><c>base64</c>: nothing on the way touches line ends.</param>
internal sealed record CommitActionDto(string Action, string FilePath, string? Content, string? Encoding, string? LastCommitId);

internal sealed record LintDto(
    bool? Valid,
    IReadOnlyList<string>? Errors,
    IReadOnlyList<string>? Warnings,
    string? MergedYaml,
    IReadOnlyList<LintIncludeDto>? Includes,
    IReadOnlyList<LintJobDto>? Jobs);

internal sealed record LintIncludeDto(string? Type, string? Location, LintExtraDto? Extra, string? ContextProject);

internal sealed record LintExtraDto(string? Project, string? Ref);

internal sealed record LintJobDto(string? Name, string? Stage, IReadOnlyList<string>? TagList, string? When);

internal sealed record LintWriteDto(string Content, string Ref, bool DryRun, bool IncludeJobs);

internal sealed record ScheduleDto(long Id, string? Description, string? Ref, bool? Active);

internal sealed record MergeRequestWriteDto(string Title, string Description, string SourceBranch, string TargetBranch, bool RemoveSourceBranch);

/// <param name="StateEvent"><c>close</c> or <c>reopen</c>.</param>
internal sealed record MergeRequestStateDto(string StateEvent);

internal sealed record MergeRequestDto(
    long Iid,
    string? Title,
    string? State,
    string? SourceBranch,
    string? TargetBranch,
    string? WebUrl,
    DateTimeOffset? MergedAt);

/// <summary>A class, because a record prints its value.</summary>
internal sealed class VariableDto
{
    public required string Key { get; init; }

    public string? Value { get; init; }

    public string? VariableType { get; init; }

    public string? EnvironmentScope { get; init; }

    public bool? Protected { get; init; }

    public bool? Masked { get; init; }

    public bool? Hidden { get; init; }

    public bool? Raw { get; init; }
}

/// <inheritdoc cref="VariableDto"/>
internal sealed class VariableWriteDto
{
    public required string Key { get; init; }

    public required string Value { get; init; }

    public required string EnvironmentScope { get; init; }

    public required bool Protected { get; init; }

    public required string? Description { get; init; }
}

/// <inheritdoc cref="VariableDto"/>
internal sealed class VariableValueDto
{
    public required string Value { get; init; }
}

internal sealed record ListedRunnerDto(long Id, string? Description, bool? Paused, bool? Active, string? Status);

internal sealed record AssignRunnerDto(long RunnerId);

internal sealed record SeenPipelineDto(long Id, string? Sha, string? Status, string? WebUrl);

/// <param name="Variables">Null: none, which some GitLabs tell apart from an empty list.</param>
internal sealed record PipelineWriteDto(string Ref, IReadOnlyList<PipelineVariableDto>? Variables);

internal sealed record PipelineVariableDto(string Key, string Value);

internal sealed record PipelineJobDto(
    long Id,
    string? Name,
    string? Status,
    string? FailureReason,
    double? QueuedDuration,
    double? Duration,
    string? WebUrl,
    IdDto? Runner,
    JobManagerDto? RunnerManager);

/// <param name="MembershipState"><c>active</c> or <c>awaiting</c>.</param>
internal sealed record MemberDto(long Id, string? Username, string? Name, string? State, int AccessLevel, string? MembershipState);

internal sealed record OwnedGroupDto(long Id, string? FullPath, string? WebUrl);
