using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Instances;

/// <summary>The last run of a sweep, whichever replica ran it. The truth about what is due lives here.</summary>
/// <param name="Name">Such as <c>fleet</c>.</param>
/// <param name="StartedAt">Real time.</param>
/// <param name="WorldAt">The instance's time at the start.</param>
/// <param name="Said">One sentence for people: what was read, or what went wrong.</param>
/// <param name="FailuresInARow">0 after a good run.</param>
/// <param name="DueAt">Real time of the next run at the latest.</param>
public sealed record SweepState(
    InstanceId Instance,
    string Name,
    DateTimeOffset StartedAt,
    DateTimeOffset WorldAt,
    TimeSpan Took,
    SweepOutcome Outcome,
    string Said,
    int FailuresInARow,
    DateTimeOffset DueAt)
{
    /// <summary>So many failures in a row are no accident any more.</summary>
    public const int Trouble = 2;
}

public enum SweepOutcome
{
    Done,

    /// <summary>The request budget is spent, or the read token is not accepted: what is left comes later.</summary>
    PutOff,
    Failed,
}

/// <summary>The last runs of all sweeps, for pages and <c>/health/ready</c>.</summary>
public interface ISweepReader
{
    /// <summary>In the order of their names; a sweep that never ran is missing.</summary>
    Task<IReadOnlyList<SweepState>> LastRunsAsync(InstanceId instance, CancellationToken cancel);
}
