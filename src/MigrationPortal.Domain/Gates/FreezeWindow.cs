using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>A time, once or again and again, in which nothing flips by itself (product.md, Gates: calendar).</summary>
/// <param name="Start">Of the first one, by the wall clock of <paramref name="TimeZone"/>.</param>
/// <param name="End">Of the first one. Each one ends by the wall clock too: in a night when clocks change it is an hour longer or shorter.</param>
/// <param name="TimeZone">IANA name, such as <c>Europe/Vienna</c>.</param>
/// <param name="Recurrence">RRULE of RFC 5545 without its name, such as <c>FREQ=WEEKLY;BYDAY=FR</c>; null: once.</param>
/// <param name="Except">Starts of those that are left out.</param>
/// <param name="Uid">Of its event: imported again it is the same window.</param>
/// <param name="EndedAt">When somebody ended it: from then on there is none; null: never.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record FreezeWindow(
    long Id, InstanceId Instance, string Name, DateTime Start, DateTime End, string TimeZone, string? Recurrence, IReadOnlyList<DateTime> Except, string Uid, DateTimeOffset? EndedAt, long Version);

/// <summary>One time of a window.</summary>
/// <param name="Window">Its id.</param>
/// <param name="Until">Not part of it.</param>
public sealed record FreezeSpan(long Window, string Name, DateTimeOffset From, DateTimeOffset Until)
{
    public bool Covers(DateTimeOffset at) => From <= at && at < Until;
}

/// <summary>A window as somebody wrote it.</summary>
public sealed record FreezeWish(string Name, DateTime Start, DateTime End, string TimeZone, string? Recurrence, IReadOnlyList<DateTime> Except, string? Uid = null)
{
    public const int LongestName = 100;

    /// <summary>Longer ones are a switched off automation.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Everything that is wrong, with its field in the API; empty when it can be stored.</summary>
    public IEnumerable<(string Field, string Sentence)> Problems(IFreezeCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName) yield return ("name", $"Needed: 1 to {LongestName} characters.");
        if (End <= Start) yield return ("end", "Must lie after the start.");
        else if (End - Start > Longest) yield return ("end", $"At most {Longest.TotalDays:0} days after the start: stop automation for longer.");
        if (Start.Year is < 2000 or > 2200) yield return ("start", "Must lie between 2000 and 2200.");
        if (calendar.TimeZoneProblem(TimeZone) is { } zone) yield return ("timeZone", zone);
        if (Recurrence is not null && calendar.RecurrenceProblem(Recurrence) is { } rule) yield return ("recurrence", rule);
    }
}
