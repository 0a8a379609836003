namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>What became of one key of the source.</summary>
/// <param name="Key">Its path as it stands in the source, with positions only where there are several: <c>runners[1].docker.memory</c>.</param>
/// <param name="SchemaPath">Its path in <see cref="ConfigKeys"/>.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Targets">The keys that were written for it, as paths; empty when nothing was.</param>
/// <param name="Remedy">What differs, and what to do; empty where nothing is to be said. Never holds a secret.</param>
public sealed record ConvertedKey(string Key, string SchemaPath, int Line, KeyMapping Mapping, IReadOnlyList<string> Targets, string Remedy)
{
    /// <summary>The single entries of a list, where they went different ways.</summary>
    public IReadOnlyList<ConvertedPart> Parts { get; init; } = [];
}

/// <param name="Value">As it stands in the source, without secrets.</param>
public sealed record ConvertedPart(string Value, KeyMapping Mapping, string Target, string Remedy);
