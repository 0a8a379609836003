using System.Globalization;
using System.Text;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>The report of one or many conversions, for a merge request or a mail.</summary>
public static class ConversionMarkdown
{
    public static string Of(ConvertedFiles converted)
    {
        ArgumentNullException.ThrowIfNull(converted);
        var text = new StringBuilder("# From docker to Kubernetes\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{converted.Converted} of {converted.Files.Count} files converted. Keys: {converted.Count(KeyMapping.Direct)} direct, {converted.Count(KeyMapping.Approximate)} approximate, {converted.Count(KeyMapping.Impossible)} impossible.\n");
        Impossible(text, converted);
        foreach (var file in converted.Files) File(text, file);
        Notes(text, converted);
        return text.ToString();
    }

    private static void Impossible(StringBuilder text, ConvertedFiles converted)
    {
        if (converted.Impossible.Count == 0) return;
        text.Append("\n## What cannot be said on Kubernetes\n\n| Key | Times | Files |\n| --- | ---: | ---: |\n");
        foreach (var key in converted.Impossible) text.Append(CultureInfo.InvariantCulture, $"| {Code(key.Key)} | {key.Count} | {key.Files} |\n");
    }

    private static void File(StringBuilder text, ConvertedFile file)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {Cell(file.Name)}\n\n");
        foreach (var problem in file.Problems) text.Append(CultureInfo.InvariantCulture, $"- {Cell(problem)}\n");
        if (file.Result is not { } result) return;

        text.Append("| Line | Key | | Becomes | What differs, and what to do |\n| ---: | --- | --- | --- | --- |\n");
        foreach (var key in result.Keys)
            text.Append(CultureInfo.InvariantCulture, $"| {key.Line} | {Code(key.Key)} | {Word(key.Mapping)} | {string.Join(", ", key.Targets.Select(Code))} | {Cell(key.Remedy)} |\n");
        if (result.Worksheet.Count > 0)
        {
            text.Append("\n### Node pool\n\n| Runner | About | Was | Proposal | Lines |\n| --- | --- | --- | --- | --- |\n");
            foreach (var row in result.Worksheet)
                text.Append(CultureInfo.InvariantCulture, $"| {Cell(row.Runner)} | {row.Topic} | {Code($"{row.Source} = {row.Value}")} | {Cell(row.Proposal)} | {string.Join(" ", (row.Toml ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Code))} |\n");
        }

        foreach (var note in result.Notes.Where(note => !IsGeneral(note))) text.Append(CultureInfo.InvariantCulture, $"\n- {Cell(note.Text)}");
        text.Append('\n');
    }

    private static void Notes(StringBuilder text, ConvertedFiles converted)
    {
        var general = converted.Files.SelectMany(file => file.Result?.Notes ?? []).Where(IsGeneral).Distinct().ToList();
        if (general.Count == 0) return;
        text.Append("\n## What behaves otherwise on Kubernetes\n\n");
        foreach (var note in general) text.Append(CultureInfo.InvariantCulture, $"- {note.Text}\n");
    }

    private static bool IsGeneral(ConversionNote note) => ConversionNotes.Always.Contains(note);

    private static string Word(KeyMapping mapping) => mapping switch { KeyMapping.Direct => "direct", KeyMapping.Approximate => "approximate", _ => "**impossible**" };

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text.Replace("`", "'", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
