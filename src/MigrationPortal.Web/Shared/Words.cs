using System.Globalization;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// How numbers and times are written, the same on every page: thousands with a comma, units after a no-break space,
/// denominators always, differences with a sign.
/// </summary>
public static class Words
{
    private const string Nbsp = "\u00a0";
    private const string Minus = "\u2212";

    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>"script failure" → "Script failure", where a sentence begins with it.</summary>
    public static string Sentence(string text) => string.IsNullOrEmpty(text) ? "" : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>19741 → "19,741".</summary>
    public static string Count(long number) => number.ToString("#,0", English);

    /// <summary>"1 project", "6 projects"; give the plural where it is not the word and an s.</summary>
    public static string Count(long number, string noun, string? plural = null) =>
        $"{Count(number)}{Nbsp}{(number == 1 ? noun : plural ?? noun + "s")}";

    /// <summary>A fraction as per cent with as many digits as help: 0.62 → "62 %", 0.0028 → "0.28 %", 0.098 → "9.8 %".</summary>
    public static string Percent(double fraction) => PercentNumber(fraction) + Nbsp + "%";

    /// <summary>A share of the whole, in whole per cent from 1 % on: 0.04 → "4 %"; 100 % is said of the whole alone.</summary>
    public static string Share(double fraction) => fraction is >= 0.01 and < 1 ? Math.Min(99, Math.Round(fraction * 100)).ToString("0", English) + Nbsp + "%" : Percent(fraction);

    /// <summary>As <see cref="Percent"/> without the sign, for the ends of lines.</summary>
    public static string PercentNumber(double fraction)
    {
        var percent = fraction * 100;
        var digits = Math.Abs(percent) switch { 0 => "0", >= 9.995 => "0", >= 0.995 => "0.0", >= 0.001 => "0.00", _ => "0.000" };
        return percent.ToString(digits, English);
    }

    /// <summary>"55 of 19,741 (0.28 %)"; with nothing finished it says so, because no data is not zero.</summary>
    public static string Rate(long failed, long finished) =>
        finished == 0 ? "no jobs" : $"{Count(failed)} of {Count(finished)} ({Percent((double)failed / finished)})";

    /// <summary>A difference of two fractions in percentage points with its sign: "+0.16 pp", "−0.04 pp".</summary>
    public static string Points(double difference)
    {
        var points = Math.Round(difference * 100, 2);
        var sign = points > 0 ? "+" : points < 0 ? Minus : "";
        return $"{sign}{Math.Abs(points).ToString("0.00", English)}{Nbsp}pp";
    }

    /// <summary>How long: "4 s", "28 min", "6 h", "2 days". Rounded down; negative counts as nothing.</summary>
    public static string Span(TimeSpan span) => span.TotalSeconds switch
    {
        < 60 => $"{Math.Max(0, (int)span.TotalSeconds)}{Nbsp}s",
        < 3600 => $"{(int)span.TotalMinutes}{Nbsp}min",
        < 48 * 3600 => $"{(int)span.TotalHours}{Nbsp}h",
        _ => $"{(int)span.TotalDays}{Nbsp}days",
    };

    /// <summary>A measured time with two to three digits, rounded: 0.09 → "0.1 s", 118 → "118 s", 556 → "9.3 min", 9000 → "2.5 h".</summary>
    public static string Duration(double seconds)
    {
        var (value, unit) = seconds switch { < 119.5 => (seconds, "s"), < 119.5 * 60 => (seconds / 60, "min"), _ => (seconds / 3600, "h") };
        return value.ToString(value < 9.95 ? "0.#" : "#,0", English) + Nbsp + unit;
    }

    /// <summary>"28 min ago", "in 2 days", "just now".</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < -1 } => $"in{Nbsp}{Span(at - now)}",
        { TotalSeconds: < 1 } => "just now",
        var age => $"{Span(age)}{Nbsp}ago",
    };

    /// <summary>As short as it can be and still certain: "13:52" today, "24 Nov 16:02" this year, else with the year.</summary>
    public static string Stamp(DateTimeOffset at, DateTimeOffset now) =>
        at.ToString(at.Date == now.Date ? "HH:mm" : at.Year == now.Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm", English).Replace(" ", Nbsp, StringComparison.Ordinal);

    /// <summary>"Wed 25 Nov 2026, 14:20".</summary>
    public static string LongStamp(DateTimeOffset at) => at.ToString("ddd d MMM yyyy, HH:mm", English);

    /// <summary>"Wed 25 Nov, 14:20", for narrow places.</summary>
    public static string ShortStamp(DateTimeOffset at) => at.ToString("ddd d MMM, HH:mm", English);

    /// <summary>"26 Oct".</summary>
    public static string Day(DateTimeOffset at) => at.ToString("d MMM", English);
}
