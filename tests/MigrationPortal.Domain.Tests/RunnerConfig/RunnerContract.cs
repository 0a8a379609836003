using System.Text.Json;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

/// <summary>The contract data beside a checkout: samples of configurations. Tests that use it are skipped where it is absent.</summary>
internal static class RunnerContract
{
    public const string Absent = "The contract data (../shared/kubernetes-contract) is not beside this checkout.";

    public static string? Folder { get; } = Find();

    public static string? Text(string file) => Folder is null ? null : File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>Every sample that is TOML: single files, and the blocks of the runner's documentation.</summary>
    public static IEnumerable<(string Name, string Toml)> Parsable()
    {
        if (Folder is null) yield break;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "config-toml")).Order(StringComparer.Ordinal))
            if (!file.EndsWith(".tftpl", StringComparison.Ordinal) && !file.EndsWith(".jsonl", StringComparison.Ordinal) && !file.Contains("invalid_syntax", StringComparison.Ordinal))
                yield return (Path.GetFileName(file), File.ReadAllText(file));
        foreach (var (id, toml, parses) in Blocks())
            if (parses) yield return (id, toml);
    }

    public static IEnumerable<(string Id, string Toml, bool Parses)> Blocks()
    {
        foreach (var line in File.ReadLines(Path.Combine(Folder!, "config-toml", "runner-docs-blocks.jsonl")))
        {
            var block = JsonDocument.Parse(line).RootElement;
            yield return (block.GetProperty("id").GetString()!, block.GetProperty("toml").GetString()!, block.GetProperty("toml_parses").GetBoolean());
        }
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "kubernetes-contract") is var there && Directory.Exists(there)) return there;
        return null;
    }
}
