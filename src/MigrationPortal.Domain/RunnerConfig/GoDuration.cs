using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>Durations as Go writes them: <c>5m</c>, <c>1h30m</c>, <c>1.5h</c> (time.ParseDuration).</summary>
public static partial class GoDuration
{
    private static readonly Dictionary<string, double> Seconds = new(StringComparer.Ordinal)
    {
        ["ns"] = 1e-9,
        ["us"] = 1e-6,
        ["µs"] = 1e-6,
        ["μs"] = 1e-6,
        ["ms"] = 1e-3,
        ["s"] = 1,
        ["m"] = 60,
        ["h"] = 3600,
    };

    // Go counts nanoseconds in 64 bits.
    private const double Longest = long.MaxValue * 1e-9;

    /// <returns>Seconds; null when it is none.</returns>
    public static double? Read(string text)
    {
        if (text is "0" or "+0" or "-0") return 0;
        var match = Form().Match(text);
        if (!match.Success) return null;
        var seconds = match.Groups["number"].Captures.Zip(match.Groups["unit"].Captures, (number, unit) => double.Parse(number.ValueSpan, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture) * Seconds[unit.Value]).Sum();
        return seconds > Longest ? null : text[0] == '-' ? -seconds : seconds;
    }

    [GeneratedRegex(@"\A[-+]?(?:(?<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?<unit>ns|us|µs|μs|ms|s|m|h))+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
