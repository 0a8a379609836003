using System.Globalization;
using System.Text;

namespace MigrationPortal.World;

/// <summary>Writes the merged configuration the way GitLab's <c>merged_yaml</c> reads: block style, two spaces.</summary>
internal static class CiWriter
{
    public static string Write(CiMap map)
    {
        var text = new StringBuilder("---\n");
        WriteMap(text, map, 0);
        return text.ToString();
    }

    private static void WriteMap(StringBuilder text, CiMap map, int depth)
    {
        foreach (var key in map.Keys)
        {
            text.Append(' ', depth * 2).Append(Scalar(key)).Append(':');
            WriteValue(text, map[key], depth);
        }
    }

    private static void WriteValue(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case CiMap { Keys.Count: > 0 } map:
                text.Append('\n');
                WriteMap(text, map, depth + 1);
                break;
            case List<object?> { Count: > 0 } list:
                text.Append('\n');
                WriteList(text, list, depth);
                break;
            case CiMap:
                text.Append(" {}\n");
                break;
            case List<object?>:
                text.Append(" []\n");
                break;
            default:
                text.Append(value is null ? "\n" : $" {Scalar((string)value)}\n");
                break;
        }
    }

    private static void WriteList(StringBuilder text, List<object?> list, int depth)
    {
        foreach (var item in list)
        {
            text.Append(' ', depth * 2).Append('-');
            if (item is CiMap map && map.Keys.Count > 0)
            {
                var inner = new StringBuilder();
                WriteMap(inner, map, depth + 1);
                text.Append(' ').Append(inner.ToString().AsSpan((depth + 1) * 2));
            }
            else if (item is List<object?> nested && nested.Count > 0)
            {
                text.Append('\n');
                WriteList(text, nested, depth + 1);
            }
            else
            {
                WriteValue(text, item, depth);
            }
        }
    }

    private static string Scalar(string value)
    {
        if (value.Length == 0 || value.Contains('\n', StringComparison.Ordinal) || NeedsQuotes(value))
        {
            var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal);
            return $"\"{escaped}\"";
        }

        return value;
    }

    private static bool NeedsQuotes(string value) =>
        "-?:,[]{}#&*!|>'\"%@`".Contains(value[0], StringComparison.Ordinal)
        || value.Contains(": ", StringComparison.Ordinal)
        || value.Contains(" #", StringComparison.Ordinal)
        || value.EndsWith(':')
        || char.IsWhiteSpace(value[0])
        || char.IsWhiteSpace(value[^1])
        || value is "null" or "~"
        || (value.Contains('.', StringComparison.Ordinal) && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
