namespace MigrationPortal.Domain.Jobs;

/// <summary>The order in which a job lives through its states, so that a late message cannot undo a newer one.</summary>
public static class JobStatuses
{
    // Skipped and manual stand before pending: GitLab takes such a job up again when an earlier one is retried or
    // somebody presses play, with the same id.
    private static readonly JobStatus[] InOrder =
    [
        JobStatus.Other, JobStatus.Created, JobStatus.WaitingForResource, JobStatus.Preparing, JobStatus.WaitingForCallback,
        JobStatus.Scheduled, JobStatus.Manual, JobStatus.Skipped, JobStatus.Pending, JobStatus.Running, JobStatus.Canceling,
        JobStatus.Canceled, JobStatus.Success, JobStatus.Failed,
    ];

    /// <summary>Distinct for each state: the higher one wins whenever two sources disagree.</summary>
    public static int Rank(this JobStatus status) => Array.IndexOf(InOrder, status);

    /// <summary>Success, failed, canceled, skipped (gitlab-api.md 3.3).</summary>
    public static bool IsFinal(this JobStatus status) =>
        status is JobStatus.Success or JobStatus.Failed or JobStatus.Canceled or JobStatus.Skipped;
}
