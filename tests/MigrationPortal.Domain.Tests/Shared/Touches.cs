namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>The process was killed at this point.</summary>
public sealed class KilledException : Exception;

/// <summary>Counts every point where the world is touched, so that a test can kill the portal at each of them.</summary>
public sealed class Touches
{
    /// <summary>1-based; 0 never kills.</summary>
    public int KillAt { get; set; }

    public int Count { get; private set; }

    public void Touch()
    {
        Count++;
        if (Count == KillAt) throw new KilledException();
    }
}
