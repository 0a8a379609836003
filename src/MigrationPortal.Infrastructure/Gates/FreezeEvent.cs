using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>One event of a calendar as a window.</summary>
/// <param name="InsteadOf">The start in its series that it stands for; null: it is a series, or alone.</param>
internal sealed record FreezeEvent(string Uid, DateTime? InsteadOf, FreezeWish Wish)
{
    /// <returns>Null of one that was cancelled.</returns>
    /// <exception cref="FreezeEventException">It cannot be a window, and why.</exception>
    public static FreezeEvent? Of(CalendarEvent one, string floating)
    {
        if (string.Equals(one.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase)) return null;
        if (one.DtStart is not { } start) throw new FreezeEventException("has no DTSTART");
        if (one.RecurrenceDates.GetAllDates().Any() || one.RecurrenceDates.GetAllPeriods().Any()) throw new FreezeEventException("has dates of its own (RDATE): give each an event");
        var zone = Zone(start, floating);
        DateTime Wall(CalDateTime at) => !at.HasTime || at.IsFloating || Zone(at, floating) == zone ? DateTime.SpecifyKind(at.Value, DateTimeKind.Unspecified) : WallClock.Of(at.AsUtc, zone);
        var begin = Wall(start);
        var end = one switch
        {
            { DtEnd: { } given } => Wall(given),
            { Duration: not null } => begin + one.EffectiveDuration.ToTimeSpanUnspecified(),
            _ when !start.HasTime => begin.AddDays(1),
            _ => throw new FreezeEventException("has neither DTEND nor DURATION"),
        };
        var name = string.IsNullOrWhiteSpace(one.Summary) ? "Freeze" : one.Summary.Trim();
        return new FreezeEvent(
            one.Uid ?? throw new FreezeEventException("has no UID"), one.RecurrenceIdentifier?.StartTime is { } instead ? Wall(instead) : null,
            new FreezeWish(
                name.Length <= FreezeWish.LongestName ? name : name[..(FreezeWish.LongestName - 1)] + "…", begin, end, zone, one.RecurrenceRule?.ToString(), [.. one.ExceptionDates.GetAllDates().Select(Wall).Distinct().Order()]));
    }

    private static string Zone(CalDateTime at, string floating) =>
        at.IsFloating ? floating : WallClock.Zone(at.TzId!) ?? throw new FreezeEventException($"has the time zone '{at.TzId}', which is not known: use an IANA name");
}

/// <summary>An event cannot be a freeze window.</summary>
internal sealed class FreezeEventException : Exception
{
    public FreezeEventException()
    {
    }

    public FreezeEventException(string message) : base(message)
    {
    }

    public FreezeEventException(string message, Exception inner) : base(message, inner)
    {
    }
}
