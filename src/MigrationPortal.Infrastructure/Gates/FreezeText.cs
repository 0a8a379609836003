using System.Text.RegularExpressions;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>iCalendar text (RFC 5545) in and out. Events are read one by one, so that each bad one is named.</summary>
internal static partial class FreezeText
{
    /// <summary>Once so many are named, more help nobody.</summary>
    private const int MostProblems = 100;

    /// <summary>No window begins before. The library cannot describe a zone from a time on that has not come yet.</summary>
    private static readonly DateTime Earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public static FreezeImport Read(string text, string zone)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Contains("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)) return new FreezeImport([], ["This is no iCalendar text: it has no BEGIN:VCALENDAR."]);
        var (read, problems, place) = (new List<FreezeEvent>(), new List<string>(), 0);
        foreach (Match block in EventBlock().Matches(text))
        {
            place++;
            try
            {
                if (FreezeEvent.Of(Calendar.Load($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{block.Value.Trim()}\r\nEND:VCALENDAR\r\n")!.Events.Single(), zone) is { } one) read.Add(one);
            }
            catch (Exception fault) when (fault is FreezeEventException or ArgumentException or FormatException or InvalidOperationException or OverflowException or System.Runtime.Serialization.SerializationException)
            {
                problems.Add($"Event {place} ('{Title(block.Value)}'): {FreezeCalendar.Said(fault).TrimEnd('.')}.");
                if (problems.Count == MostProblems) break;
            }
        }

        return new FreezeImport(Joined(read), problems);
    }

    public static string Write(IReadOnlyList<FreezeWindow> windows, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var calendar = new Calendar { ProductId = "-//MigrationPortal//Freeze windows//EN" };
        foreach (var window in windows) calendar.Events.Add(Event(window, now));
        foreach (var zone in windows.Select(window => window.TimeZone).Where(zone => zone != "UTC").Distinct(StringComparer.Ordinal)) calendar.AddTimeZone(zone, Earliest, false);
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    private static CalendarEvent Event(FreezeWindow window, DateTimeOffset now)
    {
        CalDateTime At(DateTime wall) => new(wall, window.TimeZone, true);
        var end = window.Recurrence is null && window.EndedAt is { } ended && WallClock.Of(ended.UtcDateTime, window.TimeZone) is var cut && cut < window.End ? cut : window.End;
        var one = new CalendarEvent { Uid = window.Uid, Summary = window.Name, DtStamp = new CalDateTime(now.UtcDateTime, "UTC", true), DtStart = At(window.Start), DtEnd = At(end < window.Start ? window.Start : end) };
        if (window.Recurrence is not { } rule) return one;
        one.RecurrenceRule = new RecurrenceRule(rule);
        if (window.EndedAt is { } last)
        {
            one.RecurrenceRule.Count = null;
            one.RecurrenceRule.Until = new CalDateTime(last.UtcDateTime, "UTC", true);
        }

        foreach (var left in window.Except) one.ExceptionDates.Add(At(left));
        return one;
    }

    // An event that stands for one of a series is left out of the series and is a window of its own.
    private static List<FreezeWish> Joined(List<FreezeEvent> events)
    {
        var moved = events.Where(one => one.InsteadOf is not null).ToLookup(one => one.Uid, one => one.InsteadOf!.Value, StringComparer.Ordinal);
        return
        [
            .. events.Select(one => one.InsteadOf is { } instead
                    ? one.Wish with { Uid = $"{one.Uid}/{instead:yyyyMMdd'T'HHmmss}" }
                    : one.Wish with { Uid = one.Uid, Except = [.. one.Wish.Except.Concat(moved[one.Uid]).Distinct().Order()] })
                .DistinctBy(wish => wish.Uid),
        ];
    }

    private static string Title(string block) => Summary().Match(block) is { Success: true } found ? found.Groups[1].Value.Trim() is { Length: > 60 } text ? text[..60] + "…" : found.Groups[1].Value.Trim() : "without a name";

    [GeneratedRegex(@"^BEGIN:VEVENT[ \t]*\r?\n.*?(?:^END:VEVENT[ \t]*\r?$|\z)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 2000)]
    private static partial Regex EventBlock();

    [GeneratedRegex(@"^SUMMARY(?:;[^:\r\n]*)?:([^\r\n]*)", RegexOptions.Multiline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Summary();
}
