namespace MigrationPortal.Domain.Jobs;

/// <summary>GitLab's job states (gitlab-api.md 3.3). An unknown word of a newer GitLab reads as <see cref="Other"/>.</summary>
public enum JobStatus
{
    Other,
    Created,
    WaitingForResource,
    Preparing,
    WaitingForCallback,
    Scheduled,
    Manual,
    Pending,
    Running,
    Canceling,
    Success,
    Failed,
    Canceled,
    Skipped,
}
