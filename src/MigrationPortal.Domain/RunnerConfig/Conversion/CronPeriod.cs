using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>
/// A period of docker+machine (gorhill/cronexpr: seconds, minutes, hours, days, months, weekdays, years; with six fields the seconds are
/// left out, with five the years too) as the five fields of pause pods.
/// </summary>
/// <param name="Fields">Five fields; null: it cannot be said.</param>
/// <param name="Lost">What the five fields do not say, as sentences; the reason when there are none.</param>
public sealed partial record CronPeriod(string? Fields, IReadOnlyList<string> Lost)
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["@yearly"] = "0 0 0 1 1 * *",
        ["@annually"] = "0 0 0 1 1 * *",
        ["@monthly"] = "0 0 0 1 * * *",
        ["@weekly"] = "0 0 0 * * 0 *",
        ["@daily"] = "0 0 0 * * * *",
        ["@hourly"] = "0 0 * * * * *",
    };

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly (string Name, int Low, int High, string[] Names)[] Places =
        [("minute", 0, 59, []), ("hour", 0, 23, []), ("day of the month", 1, 31, []), ("month", 1, 12, Months), ("weekday", 0, 6, Days)];

    public static CronPeriod Of(string period)
    {
        ArgumentNullException.ThrowIfNull(period);
        var fields = Aliases.GetValueOrDefault(period.Trim(), period).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 5) return new(null, [$"\"{period}\" has fewer than five fields, which docker+machine refuses as well."]);
        fields = fields[..Math.Min(fields.Length, 7)];
        var (seconds, rest) = fields.Length == 7 ? (fields[0], fields[1..]) : ("0", fields);
        var years = rest.Length == 6 ? rest[5] : "*";

        var lost = new List<string>();
        if (seconds is not ("*" or "?"))
            lost.Add(fields.Length == 7
                ? $"The seconds ({seconds}) are not said: the whole minute counts."
                : "Without a field for seconds docker+machine took the first second of each minute alone; now the whole minute counts.");
        if (years is not ("*" or "?")) lost.Add($"The years ({years}) are not said: take the period out when they are over.");

        var five = new string[5];
        for (var i = 0; i < 5; i++)
        {
            var (place, low, high, names) = Places[i];
            if (Field(rest[i], low, high, names, out var why) is not { } field) return new(null, [$"The {place} of \"{period}\" {why}"]);
            five[i] = field;
        }

        return new(string.Join(' ', five), lost);
    }

    private static string? Field(string text, int low, int high, string[] names, out string why)
    {
        why = "";
        var entries = new List<string>();
        foreach (var entry in text.ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry is "*" or "?") return "*";
            if (Special().IsMatch(entry))
            {
                why = $"({entry}) cannot be said in five fields: write the days that it stands for.";
                return null;
            }

            if (Entry().Match(entry) is not { Success: true } match || Number(match.Groups["from"].Value, low, high, names) is not { } from)
            {
                why = $"({entry}) is not read.";
                return null;
            }

            var step = match.Groups["step"] is { Success: true } stepped ? int.Parse(stepped.ValueSpan, CultureInfo.InvariantCulture) : 0;
            if (match.Groups["step"].Success && (step < 1 || step > high))
            {
                why = $"({entry}) has a step that is not read.";
                return null;
            }

            var to = match.Groups["to"] is { Success: true } until ? Number(until.Value, low, high, names) : from;
            if (to is null || to < from)
            {
                why = to is null ? $"({entry}) is not read." : $"({entry}) runs backwards, so docker+machine never took it: list the days instead, such as sat,sun.";
                return null;
            }

            entries.Add(entry[0] == '*' ? entry
                : step > 0 && !match.Groups["to"].Success ? $"{from}-{high}/{step}"
                : names.Length > 0 ? Long().Replace(match.Groups["from"].Value, "") + (match.Groups["to"].Success ? $"-{Long().Replace(match.Groups["to"].Value, "")}" : "") + (step > 0 ? $"/{step}" : "")
                : entry);
        }

        if (entries.Count > 0) return string.Join(',', entries);
        why = "is empty.";
        return null;
    }

    // The weekday 7 is Sunday, and 0 for docker+machine.
    private static int? Number(string text, int low, int high, string[] names)
    {
        if (text == "*") return low;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            if (high == 6 && number == 7) return 0;
            return number >= low && number <= high ? number : null;
        }

        var named = text.Length >= 3 ? Array.IndexOf(names, text[..3]) : -1;
        return named < 0 ? null : named + low;
    }

    [GeneratedRegex(@"^(?:l|lw|\d+w|\w+l|\w+#\d)\z")]
    private static partial Regex Special();

    [GeneratedRegex(@"^(?:(?<from>\*)/(?<step>\d{1,4})|(?<from>[a-z]+|\d{1,2})(?:-(?<to>[a-z]+|\d{1,2}))?(?:/(?<step>\d{1,4}))?)\z")]
    private static partial Regex Entry();

    // sunday, tuesday, january: three letters are enough everywhere.
    [GeneratedRegex("(?<=^[a-z]{3})[a-z]+")]
    private static partial Regex Long();
}
