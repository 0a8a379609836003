using System.Text.RegularExpressions;

namespace MigrationPortal.Web.Readiness;

/// <summary>A remedy mixes sentences and lines to paste: this tells them apart, so that Copy takes only what a file may hold.</summary>
/// <param name="IsLines">Lines to paste, without the indentation that all of them share.</param>
public sealed partial record RemedyPart(string Text, bool IsLines)
{
    public static IReadOnlyList<RemedyPart> Of(string remedy)
    {
        ArgumentNullException.ThrowIfNull(remedy);
        var parts = new List<(bool IsLines, List<string> Lines)>();
        foreach (var line in remedy.Split('\n'))
        {
            var isLines = ToPaste().IsMatch(line);
            if (parts.Count == 0 || parts[^1].IsLines != isLines) parts.Add((isLines, []));
            parts[^1].Lines.Add(line);
        }

        return [.. parts.Select(part => new RemedyPart(part.IsLines ? Outdented(part.Lines) : string.Join(' ', part.Lines), part.IsLines))];
    }

    private static string Outdented(List<string> lines)
    {
        var shared = lines.Min(line => line.Length - line.TrimStart(' ').Length);
        return string.Join('\n', lines.Select(line => line[shared..]));
    }

    // Indented, an entry of a list, a key of YAML, a command, such as one that is sent to the background, or a line with a comment.
    [GeneratedRegex(@"^(\s+\S|- |[a-z_][\w.-]*:( [^A-Z]|$))|\s&$|^chmod [0-7]{3} |\s# ", RegexOptions.CultureInvariant)]
    private static partial Regex ToPaste();
}
