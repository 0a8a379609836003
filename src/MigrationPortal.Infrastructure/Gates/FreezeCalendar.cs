using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>
/// Recurrences are expanded as wall clock times, and each is then looked up in its zone: a night's window begins and ends by the
/// clock on the wall, also when clocks change.
/// </summary>
internal sealed class FreezeCalendar : IFreezeCalendar
{
    private const string Utc = "UTC";
    private const string NoFrequency = "Must have FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, such as FREQ=WEEKLY;BYDAY=FR.";
    private static readonly DateTime SomeDay = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Unspecified);

    // A rule that finds nothing in so many steps (30 February) finds nothing at all; every day for leap days takes 1,460.
    private static readonly EvaluationOptions Patience = new() { MaxUnmatchedIncrementsLimit = 5000 };

    public IReadOnlyList<string> TimeZones => WallClock.Zones;

    public string? TimeZoneProblem(string zone) =>
        WallClock.Zone(zone) == zone ? null : $"'{zone}' is no time zone. Use an IANA name, such as Europe/Vienna or UTC.";

    public string? RecurrenceProblem(string rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        try
        {
            if (rule.Length == 0 || (rule.Contains('=', StringComparison.Ordinal) && !rule.Contains("FREQ=", StringComparison.OrdinalIgnoreCase))) return NoFrequency;
            var read = new RecurrenceRule(rule);
            if (read.Frequency is FrequencyType.Secondly or FrequencyType.Minutely or FrequencyType.Hourly)
                return NoFrequency;
            if (read.ByHour.Count + read.ByMinute.Count + read.BySecond.Count > 0) return "May not have BYHOUR, BYMINUTE or BYSECOND: each one begins at the hour of the first.";
            _ = Starts(Event(SomeDay, new RecurrenceRule(rule) { Until = null }), DateTime.MinValue).First();
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or EvaluationException or InvalidOperationException or FormatException or System.Runtime.Serialization.SerializationException)
        {
            return fault is EvaluationException or InvalidOperationException ? "Never happens: no day fits it." : $"Is no recurrence rule of RFC 5545: {Said(fault)}";
        }
    }

    public IReadOnlyList<FreezeSpan> Expand(FreezeWindow window, TimeWindow within)
    {
        ArgumentNullException.ThrowIfNull(window);
        var (spans, length) = (new List<FreezeSpan>(), window.End - window.Start);
        var earliest = within.From.UtcDateTime - length - TimeSpan.FromDays(2);
        foreach (var start in window.Recurrence is null ? [window.Start] : Starts(Event(window.Start, Rule(window.Recurrence, window.TimeZone)), earliest))
        {
            var (from, until) = (WallClock.Begin(start, window.TimeZone), WallClock.End(start + length, window.TimeZone));
            if (from >= within.To || from >= window.EndedAt) break;
            if (window.EndedAt < until) until = window.EndedAt.Value;
            if (until > within.From && !window.Except.Contains(start)) spans.Add(new FreezeSpan(window.Id, window.Name, from, until));
        }

        return spans;
    }

    public FreezeImport Read(string text, string zone) => FreezeText.Read(text, zone);

    public string Write(IReadOnlyList<FreezeWindow> windows, DateTimeOffset now) => FreezeText.Write(windows, now);

    /// <summary>The end of a recurrence is a moment when it is written in UTC; all else is read by the wall clock.</summary>
    private static RecurrenceRule Rule(string text, string zone)
    {
        var rule = new RecurrenceRule(text);
        if (rule.Until is { IsUtc: true } until) rule.Until = new CalDateTime(WallClock.Of(until.AsUtc, zone), Utc, true);
        return rule;
    }

    // The wall clock stands as UTC here, which has no gaps.
    private static CalendarEvent Event(DateTime start, RecurrenceRule rule) => new() { DtStart = new CalDateTime(start, Utc, true), DtEnd = new CalDateTime(start.AddMinutes(1), Utc, true), RecurrenceRule = rule };

    private static IEnumerable<DateTime> Starts(CalendarEvent wanted, DateTime from) =>
        wanted.GetOccurrences(from == DateTime.MinValue ? null : new CalDateTime(from, Utc, true), Patience).Select(one => DateTime.SpecifyKind(one.Period.StartTime.Value, DateTimeKind.Unspecified));

    internal static string Said(Exception fault) => fault.Message.Split(" (Parameter", 2)[0];
}
