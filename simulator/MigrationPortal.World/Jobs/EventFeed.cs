namespace MigrationPortal.World;

/// <summary>One change of a job's status, in world order.</summary>
/// <param name="Seq">Rises by one with each event of the world.</param>
/// <param name="Status">The status entered then; <paramref name="Job"/> itself may be further by now.</param>
public readonly record struct JobEvent(long Seq, DateTimeOffset At, Job Job, JobStatus Status);

/// <summary>Job status changes in order, the newest ones kept. A reader keeps its own place by sequence number.</summary>
public sealed class EventFeed
{
    private const int Capacity = 1 << 17;
    private readonly JobEvent[] ring = new JobEvent[Capacity];

    internal EventFeed()
    {
    }

    /// <summary>Of the newest event; 0 when there was none.</summary>
    public long LastSeq { get; private set; }

    /// <summary>The oldest event still kept.</summary>
    public long FirstSeq => Math.Max(1, LastSeq - Capacity + 1);

    /// <summary>A running hash of every event since the world began: equal worlds have equal hashes.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>Events after <paramref name="seq"/>, oldest first. One that is no longer kept is skipped: compare with <see cref="FirstSeq"/>.</summary>
    public IReadOnlyList<JobEvent> After(long seq, int limit)
    {
        var first = Math.Max(seq + 1, FirstSeq);
        var count = (int)Math.Clamp(LastSeq - first + 1, 0, limit);
        var page = new JobEvent[count];
        for (var i = 0; i < count; i++)
        {
            page[i] = ring[(first + i) % Capacity];
        }

        return page;
    }

    internal void Add(long atMs, Job job, JobStatus status)
    {
        LastSeq++;
        ring[LastSeq % Capacity] = new JobEvent(LastSeq, WorldTime.From(atMs), job, status);
        Mix((ulong)atMs);
        Mix(((ulong)job.Id << 8) | (ulong)status);
        Mix(((ulong)(job.Taker?.Id ?? 0) << 16) | ((ulong)job.FailureReason << 8) | (ulong)job.Cause);
    }

    private void Mix(ulong value) => Hash = (Hash ^ value) * 1099511628211 ^ (Hash >> 29);
}
