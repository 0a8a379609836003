using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Web.RunnerConfig;

/// <param name="Key">As it stands in the source, such as runners.docker.memory; runners[1].docker.memory where there are several.</param>
/// <param name="Line">From 1.</param>
/// <param name="Target">The keys that were written for it, separated by commas; null: none.</param>
/// <param name="Remedy">What differs, and what to do; empty where nothing is to be said.</param>
/// <param name="Parts">The entries of a list.</param>
public sealed record ConvertedKeyView(string Key, int Line, KeyMapping Mapping, string? Target, string Remedy, IReadOnlyList<ConvertedPartView> Parts);

public sealed record ConvertedPartView(string Value, KeyMapping Mapping, string? Target, string Remedy);

/// <param name="Code">Stable, such as no-host-cache or runner-stays.</param>
public sealed record ConversionNoteView(string Code, string Text);

/// <param name="Toml">Lines for [runners.kubernetes] once such nodes exist; null: none.</param>
public sealed record WorksheetRowView(string Runner, string Topic, string Source, string Value, string Proposal, string? Toml);

/// <param name="Toml">The configuration for Kubernetes. It is no secret, and holds none.</param>
public sealed record ConversionView(string Toml, IReadOnlyList<ConvertedKeyView> Keys, IReadOnlyList<ConversionNoteView> Notes, IReadOnlyList<WorksheetRowView> Worksheet)
{
    internal static ConversionView Of(ConversionResult result) => new(
        result.Document.Render(),
        [.. result.Keys.Select(key => new ConvertedKeyView(key.Key, key.Line, key.Mapping, key.Targets.Count > 0 ? string.Join(", ", key.Targets) : null, key.Remedy, [.. key.Parts.Select(part => new ConvertedPartView(part.Value, part.Mapping, part.Target.Length > 0 ? part.Target : null, part.Remedy))]))],
        [.. result.Notes.Select(note => new ConversionNoteView(note.Code, note.Text))],
        [.. result.Worksheet.Select(row => new WorksheetRowView(row.Runner, row.Topic, row.Source, row.Value, row.Proposal, row.Toml))]);
}
