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

    private Dictionary<string, ConvertedPart>? ByValue { get; set; }

    /// <summary>The first entry of a map with this name; null: it has none.</summary>
    internal ConvertedPart? Part(string name)
    {
        ByValue ??= Parts.GroupBy(part => part.Value, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        return ByValue.GetValueOrDefault(name);
    }
}

/// <param name="Value">As it stands in the source, without secrets.</param>
public sealed record ConvertedPart(string Value, KeyMapping Mapping, string Target, string Remedy);
