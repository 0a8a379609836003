using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Schedules of policies: five fields for autoscalers, up to seven with seconds and years for docker+machine.</summary>
internal static partial class CronText
{
    private static readonly HashSet<string> Shorthands = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@hourly"];

    private static readonly string[] Ends = ["from", "to"];

    private static readonly string[] Months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    private static readonly string[] Days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private static readonly Field[] FiveFields = [new(0, 59, []), new(0, 23, []), new(1, 31, []), new(1, 12, Months), new(0, 7, Days)];
    private static readonly Field Year = new(1970, 2099, []);
    private static readonly Field[] SevenFields = [new(0, 59, []), .. FiveFields, Year];

    /// <param name="isMachine">docker+machine's form, with seconds before and a year after.</param>
    /// <returns>What is wrong; null: nothing.</returns>
    public static string? Fault(string text, bool isMachine)
    {
        if (isMachine && Shorthands.Contains(text)) return null;
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (!isMachine && fields.Length is 6 or 7) return $"it has {fields.Length} fields, as docker+machine has them; here they are five: minute, hour, day, month, weekday";
        if (isMachine ? fields.Length is < 5 or > 7 : fields.Length != 5) return $"it has {fields.Length} fields and needs {(isMachine ? "seven" : "five")}";
        var ranges = (fields.Length, isMachine) switch { (7, _) => SevenFields, (6, _) => [.. FiveFields, Year], _ => FiveFields };
        for (var i = 0; i < fields.Length; i++)
            if (!fields[i].Split(',').All(part => Fits(part, ranges[i], isMachine))) return $"\"{(fields[i].Length > 30 ? fields[i][..30] : fields[i])}\" is not a field of a schedule";
        return null;
    }

    private static bool Fits(string part, Field field, bool isMachine)
    {
        var match = Form().Match(part);
        if (!match.Success) return isMachine && Special().IsMatch(part);
        if (match.Groups["step"] is { Success: true } step && (!int.TryParse(step.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var every) || every == 0)) return false;
        return Ends.Select(name => match.Groups[name]).All(one => !one.Success || (char.IsAsciiDigit(one.Value[0]) ? int.TryParse(one.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= field.Least && number <= field.Most : field.Knows(one.Value, isMachine)));
    }

    /// <param name="Names">In whatever case; docker+machine takes them in full as well.</param>
    private sealed record Field(int Least, int Most, IReadOnlyList<string> Names)
    {
        public bool Knows(string name, bool inFull) => Names.Any(one => one.AsSpan(0, 3).Equals(name, StringComparison.OrdinalIgnoreCase) || (inFull && one.Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    [GeneratedRegex(@"\A(?:[*?]|(?<from>[0-9]+|[A-Za-z]{3,9})(?:-(?<to>[0-9]+|[A-Za-z]{3,9}))?)(?:/(?<step>[0-9]+))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    // Last day, nearest weekday, nth weekday of a month.
    [GeneratedRegex(@"\A(?:[0-9]{0,2}[LW]|LW|[0-7]#[1-5]|[A-Za-z]{3}[L#][1-5]?)\z")]
    private static partial Regex Special();
}
