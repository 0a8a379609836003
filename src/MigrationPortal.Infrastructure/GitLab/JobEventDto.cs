using System.Text.Json.Serialization;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>A job event as webhooks carry it (gitlab-api.md 5.4). Times are text, because two forms are in use.</summary>
internal sealed record JobEventDto(
    string? ObjectKind,
    string? Ref,
    long BuildId,
    string? BuildName,
    string? BuildStage,
    string? BuildStatus,
    string? BuildCreatedAt,
    string? BuildStartedAt,
    string? BuildFinishedAt,
    double? BuildQueuedDuration,
    bool? BuildAllowFailure,
    string? BuildFailureReason,
    long? PipelineId,
    IdDto? Runner,
    long ProjectId,
    [property: JsonPropertyName("retries_count")] int? Retries);
