namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>How far a smoke job is, as GitLab shows it.</summary>
public enum SmokeJobState
{
    /// <summary>No runner has it.</summary>
    Waiting,
    Running,
    Succeeded,
    Failed,

    /// <summary>Cancelled, skipped or left out.</summary>
    Ended,
}

/// <param name="Reason">GitLab's own word for a failure; null unless it failed.</param>
/// <param name="Log">The end of its log; null: not read, or there is none.</param>
public sealed record SmokeJobSeen(long Number, string Name, SmokeJobState State, string? Reason, string Address, string? Log)
{
    public bool HasEnded => State is SmokeJobState.Succeeded or SmokeJobState.Failed or SmokeJobState.Ended;
}
