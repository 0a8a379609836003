using System.Globalization;
using System.Text;

namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>One sample of Prometheus' text format.</summary>
/// <param name="Labels">Values with their escapes resolved.</param>
public sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>Prometheus' text exposition format, 0.0.4: samples only; comments, types and timestamps are passed over. A line that is not readable is left out.</summary>
public static class MetricText
{
    /// <param name="wanted">Names; all else is passed over without being read.</param>
    public static IEnumerable<MetricSample> Read(string text, IReadOnlySet<string> wanted)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(wanted);
        foreach (var line in text.Split('\n'))
        {
            var plain = line.Trim(' ', '\t', '\r');
            if (plain.Length == 0 || plain[0] == '#') continue;
            var end = plain.AsSpan().IndexOfAny("{ \t");
            if (end > 0 && wanted.Contains(plain[..end]) && Sample(plain, end) is { } sample) yield return sample;
        }
    }

    private static MetricSample? Sample(string line, int at)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = at;
        while (line[rest] is ' ' or '\t') rest++;
        if (line[rest] == '{' && !Labels(line, ref rest, labels)) return null;
        var value = line.AsSpan(rest).TrimStart(" \t");
        if (value.IndexOfAny(" \t") is > 0 and var space) value = value[..space];
        return Number(value) is { } number ? new MetricSample(line[..at], labels, number) : null;
    }

    private static bool Labels(string line, ref int at, Dictionary<string, string> labels)
    {
        for (at++; at < line.Length;)
        {
            while (at < line.Length && line[at] is ' ' or '\t' or ',') at++;
            if (at < line.Length && line[at] == '}')
            {
                at++;
                return true;
            }

            var equals = line.IndexOf('=', at);
            if (equals < 0 || equals + 1 >= line.Length) return false;
            var name = line[at..equals].Trim();
            at = line.IndexOf('"', equals);
            if (at < 0 || Text(line, ref at) is not { } value) return false;
            labels[name] = value;
        }

        return false;
    }

    private static string? Text(string line, ref int at)
    {
        var text = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                at++;
                return text.ToString();
            }

            if (line[at] != '\\' || at + 1 >= line.Length) text.Append(line[at]);
            else text.Append(line[++at] switch { 'n' => '\n', var other => other });
        }

        return null;
    }

    private static double? Number(ReadOnlySpan<char> text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
    };
}
