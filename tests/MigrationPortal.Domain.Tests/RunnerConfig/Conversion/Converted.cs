using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

/// <summary>A conversion in one line: of a whole file, or of the keys of <c>[runners.docker]</c>.</summary>
internal static class Converted
{
    public static ConversionResult Of(string toml, ConversionOptions? options = null)
    {
        var reading = ConfigDocument.Read(toml);
        reading.Document.ShouldNotBeNull($"{string.Join(" ", reading.Faults)} in\n{toml}");
        return ConvertConfig.Of(reading.Document!, options ?? ConversionOptions.Default).Match(done => done, refused => throw new InvalidOperationException(string.Join(' ', refused.Reasons)));
    }

    public static ConversionResult Docker(string keys, ConversionOptions? options = null) => Of($"[[runners]]\nexecutor = \"docker\"\n[runners.docker]\n{keys}\n", options);

    public static ConfigTable Kubernetes(this ConversionResult result) => result.Document.Runners[0].Table("kubernetes")!;

    public static ConvertedKey Key(this ConversionResult result, string key) => result.Keys.Single(one => one.Key == key);

    public static ConvertedKey DockerKey(this ConversionResult result, string name) => result.Key($"runners.docker.{name}");

    /// <summary>The value at a path below <c>[runners.kubernetes]</c> as TOML; null when nothing stands there.</summary>
    public static string? Value(this ConversionResult result, string path)
    {
        var names = path.Split('.');
        return result.Kubernetes().Below(names.AsSpan(..^1))?[names[^1]] switch
        {
            null => null,
            ConfigScalar scalar => scalar.ToString(),
            ConfigList list => $"[{string.Join(", ", list.Items)}]",
            var other => other.TypeName,
        };
    }

    public static IReadOnlyList<ConfigTable> Volumes(this ConversionResult result, string kind) => result.Kubernetes().Table("volumes")?.Tables(kind) ?? [];
}
