namespace MigrationPortal.World;

internal enum Happening : byte
{
    Push,
    Schedule,
    Wake,
    JobEnds,
    StuckCheck,
    JobLost,
    UserRetry,
    UserCancel,
    UserPlay,
    MergeDecision,
    LightReturns,
    ExtraPush,
}

/// <summary>Something that will happen. It still counts only if the subject's version is the one it was planned for.</summary>
internal readonly record struct Planned(Happening What, object Subject, int Version);

/// <summary>The world's calendar: by time, and at the same time in the order of planning.</summary>
internal sealed class Scheduler
{
    private readonly PriorityQueue<Planned, (long At, long Order)> queue = new(new ByTimeThenOrder());
    private long order;

    public void At(long ms, Happening what, object subject, int version = 0) =>
        queue.Enqueue(new Planned(what, subject, version), (ms, order++));

    public bool TryNext(long until, out long at, out Planned planned)
    {
        if (queue.TryPeek(out planned, out var key) && key.At <= until)
        {
            queue.Dequeue();
            at = key.At;
            return true;
        }

        at = 0;
        return false;
    }

    private sealed class ByTimeThenOrder : IComparer<(long At, long Order)>
    {
        public int Compare((long At, long Order) x, (long At, long Order) y) =>
            x.At != y.At ? x.At.CompareTo(y.At) : x.Order.CompareTo(y.Order);
    }
}
