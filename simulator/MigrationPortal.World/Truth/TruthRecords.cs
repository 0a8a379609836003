namespace MigrationPortal.World;

/// <param name="UnservedSeconds">Seconds of its pending time in which no unpaused, reachable, polling runner matched it.</param>
public sealed record JobTruth(
    long JobId,
    Executor? Executor,
    bool Untagged,
    Cause Cause,
    FailureReason Reason,
    double UnservedSeconds);

/// <summary>Finished jobs of one hour.</summary>
/// <param name="Executor">Null: no runner ever took them.</param>
public sealed record HourCount(DateTimeOffset Hour, Executor? Executor, JobStatus Status, FailureReason Reason, Cause Cause, int Jobs);

/// <summary>A job class: tag set, protected ref or not, project.</summary>
/// <param name="ServedNow">A matching, unpaused, polling runner exists at this moment.</param>
/// <param name="UnservedSeconds">Summed over all its jobs, waiting ones up to now.</param>
public sealed record ClassTruth(
    TagSet Tags,
    bool Protected,
    int ProjectId,
    bool ServedNow,
    int PendingNow,
    int Jobs,
    double UnservedSeconds);
