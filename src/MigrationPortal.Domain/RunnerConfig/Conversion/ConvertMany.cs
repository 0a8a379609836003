using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>A configuration of many: its name, and its text.</summary>
public sealed record NamedConfig(string Name, string Toml);

/// <summary>What became of one of many. Exactly one of the two is there: a result, or why there is none.</summary>
public sealed record ConvertedFile(string Name, ConversionResult? Result, IReadOnlyList<string> Problems);

/// <summary>An impossible key over all files.</summary>
/// <param name="Key">Its path in <see cref="ConfigKeys"/>.</param>
/// <param name="Count">How often it stands.</param>
/// <param name="Files">In how many files.</param>
public sealed record ImpossibleKey(string Key, int Count, int Files);

/// <summary>Many conversions and what they come to.</summary>
public sealed record ConvertedFiles(IReadOnlyList<ConvertedFile> Files)
{
    public int Converted => Files.Count(file => file.Result is not null);

    /// <summary>The most frequent first.</summary>
    public IReadOnlyList<ImpossibleKey> Impossible { get; } =
        [.. Files.Where(file => file.Result is not null)
            .SelectMany(file => file.Result!.Keys.Where(key => key.Mapping == KeyMapping.Impossible).Select(key => (file.Name, key.SchemaPath)))
            .GroupBy(one => one.SchemaPath, StringComparer.OrdinalIgnoreCase)
            .Select(group => new ImpossibleKey(group.Key, group.Count(), group.Select(one => one.Name).Distinct().Count()))
            .OrderByDescending(key => key.Count).ThenBy(key => key.Key, StringComparer.Ordinal)];

    public int Count(KeyMapping mapping) => Files.Sum(file => file.Result?.Count(mapping) ?? 0);
}

/// <summary>Converts a folder of files; one that cannot be read or has no docker runner stops none of the others.</summary>
public static class ConvertMany
{
    public static ConvertedFiles Of(IEnumerable<NamedConfig> files, ConversionOptions options)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new([.. files.Select(file => One(file, options))]);
    }

    private static ConvertedFile One(NamedConfig file, ConversionOptions options)
    {
        var reading = ConfigDocument.Read(file.Toml);
        if (reading.Document is not { } document)
            return new(file.Name, null, [.. reading.Faults.Take(10).Select(fault => string.Create(CultureInfo.InvariantCulture, $"It is no TOML: line {fault.Line}, column {fault.Column}: {fault.Message}")), .. Template(file.Toml)]);
        return ConvertConfig.Of(document, options).Match(done => new ConvertedFile(file.Name, done, []), refused => new ConvertedFile(file.Name, null, refused.Reasons));
    }

    /// <summary>A word on templates that were not filled in.</summary>
    public static IEnumerable<string> Template(string toml)
    {
        ArgumentNullException.ThrowIfNull(toml);
        return toml.Contains("${", StringComparison.Ordinal) || toml.Contains("%{", StringComparison.Ordinal) ? ["It looks like a template of Terraform (${...}, %{...}): render it first, and take what comes out."] : [];
    }
}
