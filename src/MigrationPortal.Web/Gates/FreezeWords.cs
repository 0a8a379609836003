using System.Globalization;
using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Web.Gates;

/// <summary>Freeze windows as people read them.</summary>
internal static class FreezeWords
{
    /// <summary>What the form offers; everything else is a rule in words of RFC 5545.</summary>
    public static IReadOnlyList<(string Rule, string Words)> Repeats { get; } =
    [
        ("", "once"), ("FREQ=DAILY", "every day"), ("FREQ=WEEKLY", "every week on that day"), ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every Monday to Friday"), ("FREQ=MONTHLY", "every month on that date"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of every month"), ("FREQ=YEARLY", "every year on that date"),
    ];

    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    public static string Span(FreezeSpan span) => $"{Stamp(span.From)} – {(span.Until - span.From < TimeSpan.FromHours(18) ? span.Until.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture) : Stamp(span.Until))}, {Length(span.Until - span.From)}";

    public static string When(FreezeWindow window) =>
        $"{Wall(window.Start)} – {(window.End - window.Start < TimeSpan.FromHours(18) ? window.End.ToString("HH:mm", CultureInfo.InvariantCulture) : Wall(window.End))} {window.TimeZone}, {Recurs(window.Recurrence)}{(window.Except.Count == 0 ? "" : $", {window.Except.Count} left out")}";

    public static string Recurs(string? rule) => Repeats.Where(one => one.Rule == (rule ?? "")).Select(one => one.Words).DefaultIfEmpty($"by the rule {rule}").First();

    private static string Wall(DateTime time) => time.ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Length(TimeSpan length) => length switch
    {
        { TotalHours: >= 48 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays:0.#} days"),
        { TotalMinutes: >= 120 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours:0.#} hours"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0} minutes"),
    };
}
