namespace MigrationPortal.Domain.Shared;

/// <summary>A half-open span of an instance's time: from (inclusive) to (exclusive), UTC.</summary>
public readonly record struct TimeWindow(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    /// <summary>Length in days, never zero, so that a count can be divided by it.</summary>
    public double Days => Math.Max(Length.TotalDays, 1.0 / 1440);

    public static TimeWindow Last(TimeSpan length, DateTimeOffset now) => new(now - length, now);
}
