using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>How many unmanaged docker+machine runners there were, day by day.</summary>
public interface IUnmanagedDays
{
    /// <summary>Replaces the day's count; no owners at all is a day with none.</summary>
    Task SaveAsync(InstanceId instance, DateOnly day, IReadOnlyDictionary<string, int> byOwner, CancellationToken cancel);

    /// <summary>By day and owner, oldest first; days on which nobody watched are left out.</summary>
    Task<IReadOnlyList<UnmanagedDay>> ReadAsync(InstanceId instance, DateOnly since, CancellationToken cancel);
}

/// <param name="ByOwner">Empty on a day with none.</param>
public sealed record UnmanagedDay(DateOnly Day, IReadOnlyDictionary<string, int> ByOwner)
{
    public int Runners => ByOwner.Values.Sum();
}

/// <summary>Where a burn-down leads. Pure.</summary>
/// <param name="From">The day with most runners, from which the pace counts.</param>
/// <param name="EndsOn">When the last one ends at the pace since <paramref name="From"/>; null where there is no pace.</param>
public sealed record BurnDown(UnmanagedDay From, UnmanagedDay Now, DateOnly? EndsOn)
{
    /// <returns>Null without any day.</returns>
    public static BurnDown? Of(IReadOnlyList<UnmanagedDay> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        if (days.Count == 0) return null;
        var (most, now) = (days.Max(day => day.Runners), days[^1]);
        var from = days.Last(day => day.Runners == most);
        var (gone, span) = (from.Runners - now.Runners, now.Day.DayNumber - from.Day.DayNumber);
        return new BurnDown(from, now, now.Runners > 0 && gone > 0 ? now.Day.AddDays((int)Math.Ceiling((double)now.Runners * span / gone)) : null);
    }
}
