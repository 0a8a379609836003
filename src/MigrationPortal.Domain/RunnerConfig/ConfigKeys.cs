using System.Collections.Frozen;

namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>Every key of <c>config.toml</c> that gitlab-runner reads or once read, from <c>config-keys.tsv</c> beside this file (source: <c>common/config.go</c> at 19.4).</summary>
public static class ConfigKeys
{
    private static readonly Lazy<FrozenDictionary<string, ConfigKey>> ByPath = new(Load);

    private static readonly Lazy<ILookup<string, ConfigKey>> ByParent = new(() => All.ToLookup(key => ParentOf(key.Path), StringComparer.OrdinalIgnoreCase));

    public static IEnumerable<ConfigKey> All => ByPath.Value.Values;

    /// <summary>The newest runner whose keys are known.</summary>
    public static Version Newest { get; } = new(19, 4, 0);

    /// <param name="path">Its case does not count, as gitlab-runner's decoder does not count it.</param>
    /// <returns>Null: gitlab-runner ignores it in silence.</returns>
    public static ConfigKey? Find(string path) => ByPath.Value.GetValueOrDefault(path);

    /// <summary>The keys right below a section; the empty path is the whole file.</summary>
    public static IEnumerable<ConfigKey> Below(string path) => ByParent.Value[path.EndsWith("[]", StringComparison.Ordinal) ? path[..^2] : path];

    private static string ParentOf(string path)
    {
        var end = path.LastIndexOf('.');
        return end < 0 ? "" : path[..end].EndsWith("[]", StringComparison.Ordinal) ? path[..(end - 2)] : path[..end];
    }

    private static FrozenDictionary<string, ConfigKey> Load()
    {
        using var stream = typeof(ConfigKeys).Assembly.GetManifestResourceStream("MigrationPortal.Domain.RunnerConfig.config-keys.tsv")!;
        using var reader = new StreamReader(stream);
        var keys = new Dictionary<string, ConfigKey>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var parts = line.Split('\t');
            string Part(int index) => index < parts.Length ? parts[index] : "";
            var key = new ConfigKey(
                parts[0], Part(1).TrimEnd('?'), Part(1).EndsWith('?'), Version.TryParse(Part(2), out var since) ? since : null, Part(2) != "HEAD",
                Part(3) is { Length: > 0 } variable ? variable : null, Version.TryParse(Part(4), out var last) ? last : null);
            keys.TryAdd(key.Path, key);
        }

        return keys.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
