namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>A job event as webhooks carry it (gitlab-api.md 5.4). Times are text, because two forms are in use. Settable, which is read fastest.</summary>
internal sealed class JobEventDto
{
    public string? ObjectKind { get; set; }

    public string? Ref { get; set; }

    public long BuildId { get; set; }

    public string? BuildName { get; set; }

    public string? BuildStage { get; set; }

    public string? BuildStatus { get; set; }

    public string? BuildCreatedAt { get; set; }

    public string? BuildStartedAt { get; set; }

    public string? BuildFinishedAt { get; set; }

    public double? BuildQueuedDuration { get; set; }

    public bool? BuildAllowFailure { get; set; }

    public string? BuildFailureReason { get; set; }

    public long? PipelineId { get; set; }

    public IdDto? Runner { get; set; }

    public long ProjectId { get; set; }
}
