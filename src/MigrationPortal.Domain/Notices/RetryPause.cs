namespace MigrationPortal.Domain.Notices;

/// <summary>When a delivery is tried again. Real time: receivers are down in real time.</summary>
public static class RetryPause
{
    /// <summary>Then it is given up: nobody acts on yesterday's alert, and the portal says that it could not be sent.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>5 s, doubling to an hour at most; longer where the receiver asks for it. About 33 tries in the 24 hours.</summary>
    /// <param name="tries">How many there were.</param>
    /// <returns>Null: given up.</returns>
    public static DateTimeOffset? Next(int tries, DateTimeOffset queuedAt, DateTimeOffset now, TimeSpan? asked)
    {
        var end = queuedAt + GiveUpAfter;
        if (now >= end) return null;
        var pause = First * Math.Pow(2, Math.Min(tries - 1, 20));
        if (pause > Longest) pause = Longest;
        if (asked > pause) pause = asked.Value;
        // One last try at the very end.
        return now + pause < end ? now + pause : end;
    }
}
