using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Schedules of policies: five fields for autoscalers, up to seven with seconds and years for docker+machine.</summary>
internal static partial class CronText
{
    private static readonly HashSet<string> Shorthands = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@hourly"];

    private static readonly string[] Ends = ["from", "to"];

    private static readonly (int Least, int Most)[] FiveFields = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];
    private static readonly (int Least, int Most)[] SevenFields = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 7), (1970, 2099)];

    /// <param name="isMachine">docker+machine's form, with seconds before and a year after.</param>
    /// <returns>What is wrong; null: nothing.</returns>
    public static string? Fault(string text, bool isMachine)
    {
        if (isMachine && Shorthands.Contains(text)) return null;
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (!isMachine && fields.Length is 6 or 7) return $"it has {fields.Length} fields, as docker+machine has them; here they are five: minute, hour, day, month, weekday";
        if (isMachine ? fields.Length is < 5 or > 7 : fields.Length != 5) return $"it has {fields.Length} fields and needs {(isMachine ? "seven" : "five")}";
        var ranges = (fields.Length, isMachine) switch { (7, _) => SevenFields, (6, _) => [.. FiveFields, (1970, 2099)], _ => FiveFields };
        for (var i = 0; i < fields.Length; i++)
            if (!fields[i].Split(',').All(part => Fits(part, ranges[i], isMachine))) return $"\"{(fields[i].Length > 30 ? fields[i][..30] : fields[i])}\" is not a field of a schedule";
        return null;
    }

    private static bool Fits(string part, (int Least, int Most) range, bool isMachine)
    {
        var match = Form().Match(part);
        if (!match.Success) return isMachine && Special().IsMatch(part);
        if (match.Groups["step"] is { Success: true } step && (!int.TryParse(step.ValueSpan, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var every) || every == 0)) return false;
        return Ends.Select(name => match.Groups[name]).All(one => !one.Success || Number(one.Value) is not { } number || (number >= range.Least && number <= range.Most));
    }

    private static int? Number(string text) => char.IsAsciiDigit(text[0]) ? int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue : null;

    [GeneratedRegex(@"\A(?:[*?]|(?<from>[0-9]+|[A-Za-z]{3,9})(?:-(?<to>[0-9]+|[A-Za-z]{3,9}))?)(?:/(?<step>[0-9]+))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    // Last day, nearest weekday, nth weekday of a month.
    [GeneratedRegex(@"\A(?:[0-9]{0,2}[LW]|LW|[0-7]#[1-5]|[A-Za-z]{3}[L#][1-5]?)\z")]
    private static partial Regex Special();
}
