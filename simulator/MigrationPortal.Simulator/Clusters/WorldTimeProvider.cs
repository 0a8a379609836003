namespace MigrationPortal.Simulator;

/// <summary>Tells world time; waits in real time. Readable under any lock.</summary>
internal sealed class WorldTimeProvider : TimeProvider
{
    private long ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref ticks, now.UtcTicks);
}
