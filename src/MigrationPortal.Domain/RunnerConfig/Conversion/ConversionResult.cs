namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>A configuration for Kubernetes, and what became of every key of the source.</summary>
/// <param name="Keys">One for each key of the source, in the order of its text.</param>
/// <param name="Worksheet">The node pool that machines were: what their options say about nodes.</param>
public sealed record ConversionResult(ConfigDocument Document, IReadOnlyList<ConvertedKey> Keys, IReadOnlyList<ConversionNote> Notes, IReadOnlyList<WorksheetRow> Worksheet)
{
    public int Count(KeyMapping mapping) => Keys.Count(key => key.Mapping == mapping);
}

/// <param name="Code">Stable: <c>no-host-cache</c>, <c>runner-stays</c>, ...</param>
public sealed record ConversionNote(string Code, string Text);

/// <param name="Topic">Such as <c>size</c>, <c>zone</c>, <c>spot</c>, <c>disk</c>, <c>gpu</c>, <c>identity</c>, <c>network</c>, <c>image</c>, <c>labels</c>, <c>capacity</c>.</param>
/// <param name="Source">Where it was said, such as <c>amazonec2-instance-type</c>.</param>
/// <param name="Value">Without secrets.</param>
/// <param name="Toml">Lines for the runner's <c>[runners.kubernetes]</c> once such nodes exist; null: none.</param>
public sealed record WorksheetRow(string Runner, string Topic, string Source, string Value, string Proposal, string? Toml);
