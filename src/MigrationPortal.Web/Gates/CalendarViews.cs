using System.Globalization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>A freeze window. Times are of the wall clock of its time zone.</summary>
/// <param name="Start">Of the first one, such as <c>2026-12-24T18:00:00</c>.</param>
/// <param name="Recurrence">RRULE of RFC 5545 without its name; null: once.</param>
/// <param name="Except">Starts of those that are left out.</param>
/// <param name="EndedAt">When somebody ended it; null: never.</param>
/// <param name="Next">The next three times of it, in UTC; the present one first.</param>
public sealed record FreezeWindowView(
    long Id, string Name, string Start, string End, string TimeZone, string? Recurrence, IReadOnlyList<string> Except, string Uid, DateTimeOffset? EndedAt, IReadOnlyList<FreezeSpanView> Next)
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss";

    internal static FreezeWindowView Of(FreezeWindow one, IEnumerable<FreezeSpan> next) => new(
        one.Id, one.Name, Wall(one.Start), Wall(one.End), one.TimeZone, one.Recurrence, [.. one.Except.Select(Wall)], one.Uid, one.EndedAt, [.. next.Take(3).Select(span => new FreezeSpanView(span.From, span.Until))]);

    internal static string Wall(DateTime time) => time.ToString(Form, CultureInfo.InvariantCulture);
}

public sealed record FreezeSpanView(DateTimeOffset From, DateTimeOffset Until);

/// <param name="Recurrence">Left out or empty: once.</param>
/// <param name="TimeZone">IANA name; left out: UTC.</param>
public sealed record FreezeWindowBody(string? Name, string? Start, string? End, string? TimeZone, string? Recurrence, IReadOnlyList<string>? Except)
{
    internal FreezeWish Read(IFreezeCalendar calendar, RequestErrors errors)
    {
        var name = errors.Text("name", Name, FreezeWish.LongestName);
        var (start, end) = (Wall("start", Start, errors), Wall("end", End, errors));
        var wish = new FreezeWish(
            name, start, end, TimeZone ?? "UTC", string.IsNullOrWhiteSpace(Recurrence) ? null : Recurrence.Trim(), [.. (Except ?? []).Select((one, at) => Wall($"except[{at}]", one, errors)).Distinct().Order()]);
        // Half a wish would be called wrong for what is missing.
        if (!errors.Any)
            foreach (var (field, sentence) in wish.Problems(calendar)) errors.Add(field, sentence);
        return wish;
    }

    private static DateTime Wall(string field, string? text, RequestErrors errors)
    {
        if (DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        errors.Add(field, "Needed: a time of the wall clock without an offset, such as 2026-12-24T18:00.");
        return default;
    }
}

/// <param name="Text">iCalendar (RFC 5545), such as an .ics file holds.</param>
/// <param name="TimeZone">Of times that name none; left out: UTC.</param>
public sealed record CalendarImportBody(string? Text, string? TimeZone);

/// <param name="Changed">Known by their UID, and written anew.</param>
public sealed record CalendarImportView(int Added, int Changed);
