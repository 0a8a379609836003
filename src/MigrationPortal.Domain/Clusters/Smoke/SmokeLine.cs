using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Answers in a job's log: <c>PORTAL-CHECK name=uid value=1000</c>, alone in their line.</summary>
public static partial class SmokeLine
{
    public const string Mark = "PORTAL-CHECK";

    /// <summary>The last answer of each name. The runner's echo of the script itself is none: it begins with a dollar sign.</summary>
    public static IReadOnlyDictionary<string, string> Read(string log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var raw in log.Split('\n'))
            if (Answer().Match(Plain(raw)) is { Success: true } match) found[match.Groups[1].Value] = match.Groups[2].Value;
        return found;
    }

    /// <summary>The last line that says why the job failed; null where none does.</summary>
    public static string? Error(string log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.Split('\n').Select(Plain).LastOrDefault(line => line.StartsWith("ERROR:", StringComparison.Ordinal));
    }

    // With timestamps each line begins with one, the stream and a sign; colours are escape sequences.
    private static string Plain(string line) => Colour().Replace(Stamp().Replace(line.TrimEnd('\r'), ""), "").Trim();

    [GeneratedRegex(@"\APORTAL-CHECK name=([a-z0-9-]+) value=(\S+)\z")]
    private static partial Regex Answer();

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT[\d:.]+Z \d\d[OE][ +]?")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"\x1b\[[0-9;]*[A-Za-z]")]
    private static partial Regex Colour();
}
