namespace MigrationPortal.Domain.Jobs;

/// <summary>The coarse kind of a failed job, from GitLab's raw <c>failure_reason</c> (gitlab-api.md 3.4).</summary>
public enum FailureKind
{
    /// <summary>The job did not fail.</summary>
    None,
    Infrastructure,
    Script,
    Timeout,
    NoRunner,
    Configuration,
    Policy,

    /// <summary>Failed, and the raw reason has not been read yet. Counted apart, repaired when the reason arrives.</summary>
    NotYetKnown,
}
