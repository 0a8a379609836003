using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>GitLab's durations, as its <c>ChronicDuration</c> reads them: <c>3600</c>, <c>1h 30m</c>, <c>2 hours and 5 minutes</c>.</summary>
internal static partial class CiDuration
{
    /// <returns>Null when it says nothing that can be read.</returns>
    public static TimeSpan? Read(string? text)
    {
        if (text is null) return null;
        var parts = Part().Matches(text);
        if (parts.Count == 0) return null;
        var seconds = parts.Sum(part => double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * Seconds(part.Groups[2].Value));
        return seconds <= TimeSpan.FromDays(3650).TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double Seconds(string unit) => unit switch
    {
        "" or ['s', ..] => 1,
        ['m', 'o', ..] => 2_592_000,
        ['m', ..] => 60,
        ['h', ..] => 3600,
        ['d', ..] => 86_400,
        ['w', ..] => 604_800,
        _ => 31_557_600,
    };

    [GeneratedRegex(@"(\d{1,9}(?:\.\d{1,6})?)\s*((?:mo|min|m|h|d|w|y|s)?)", RegexOptions.IgnoreCase)]
    private static partial Regex Part();
}
