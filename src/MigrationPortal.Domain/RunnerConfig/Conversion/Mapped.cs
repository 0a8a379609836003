namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>What a rule says of its key; what was written the draft has noted.</summary>
internal sealed record Mapped(KeyMapping Mapping, string Remedy)
{
    public IReadOnlyList<ConvertedPart> Parts { get; init; } = [];

    public static Mapped Direct(string remedy = "") => new(KeyMapping.Direct, remedy);

    public static Mapped Approximate(string remedy) => new(KeyMapping.Approximate, remedy);

    public static Mapped Impossible(string remedy) => new(KeyMapping.Impossible, remedy);

    /// <summary>The value that stands for "not set".</summary>
    public static Mapped Default { get; } = Direct("Says what holds anyway: nothing to write.");

    /// <summary>A list whose entries belong together is as good as its worst one.</summary>
    public static Mapped Of(IReadOnlyList<ConvertedPart> parts) => parts.Count == 0 ? Default : new(parts.Max(part => part.Mapping), Told(parts)) { Parts = parts };

    /// <summary>A list of things that have little to do with each other: impossible only when every one is.</summary>
    public static Mapped OfMany(IReadOnlyList<ConvertedPart> parts)
    {
        if (parts.Count == 0) return Default;
        var mapping = parts.All(part => part.Mapping == parts[0].Mapping) ? parts[0].Mapping : KeyMapping.Approximate;
        return new(mapping, Told(parts)) { Parts = parts };
    }

    private static string Told(IReadOnlyList<ConvertedPart> parts) =>
        string.Join(" ", parts.Where(part => part.Remedy.Length > 0).Select(part => parts.Count == 1 ? part.Remedy : $"{part.Value}: {part.Remedy}").Distinct());
}

/// <summary>Reads one key of the source and writes what stands for it into the draft.</summary>
internal delegate Mapped KeyRule(KeyUse use, Draft draft);
