namespace MigrationPortal.Domain.Jobs;

/// <summary>
/// Which attempt of its pipeline's job of that name a job is. GitLab gives each retry a number of its own and says
/// nowhere what it is a retry of, so the lowest number of (pipeline, name) that is recorded is the first attempt.
/// Stored: never change the values.
/// </summary>
public enum JobAttempt : short
{
    /// <summary>No source has named the pipeline yet.</summary>
    NotKnown,
    First,
    Retry,
}
