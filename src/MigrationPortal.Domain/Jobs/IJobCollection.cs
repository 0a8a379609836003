using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>Which of an instance's jobs the portal knows, and which it does not know yet.</summary>
public interface IJobCollection
{
    Task<JobCollection> ReadAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>The same ranges alone, for who asks often.</summary>
    Task<IReadOnlyList<UnreadRange>> UnreadAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>The instance's time at which the jobs were last looked at; null: never.</summary>
    Task<DateTimeOffset?> LookedAtAsync(InstanceId instance, CancellationToken cancel);
}

/// <param name="Past">Null before the first look at the jobs.</param>
/// <param name="Unread">Oldest first; counts over them are too small and must not be shown as if they were all.</param>
public sealed record JobCollection(HistoryProgress? Past, IReadOnlyList<UnreadRange> Unread);

/// <summary>A range of the instance's time of which not all jobs are known.</summary>
/// <param name="Reason">For people: "not read yet", "the job sweep is behind".</param>
public sealed record UnreadRange(DateTimeOffset From, DateTimeOffset To, string Reason)
{
    public bool Touches(DateTimeOffset from, DateTimeOffset to) => From < to && To > from;
}
