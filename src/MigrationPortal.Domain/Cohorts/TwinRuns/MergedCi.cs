using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>
/// GitLab's merged configuration as a document that parts of can be written again to the letter: quotes, block scalars and
/// anchors stay what they are. What it means, <see cref="CiConfiguration"/> reads.
/// </summary>
internal sealed class MergedCi
{
    private static readonly string[] UsualStages = ["build", "test", "deploy"];
    private readonly YamlMappingNode _root;

    private MergedCi(YamlMappingNode root, CiConfiguration read) => (_root, Read) = (root, read);

    public CiConfiguration Read { get; }

    /// <returns>Null when it cannot be read, which a hostile file cannot be either.</returns>
    public static MergedCi? Of(string yaml)
    {
        var read = CiConfiguration.Read(yaml);
        if (read.Problems.Any(problem => problem.Stops)) return null;
        try
        {
            return YamlTree.Read(yaml, YamlBounds.Large).Documents is [.., { RootNode: YamlMappingNode root }] ? new MergedCi(root, read) : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    /// <summary>What stands above all jobs and is no rule for when they run.</summary>
    public IEnumerable<KeyValuePair<YamlNode, YamlNode>> Globals => _root.Children.Where(entry => Name(entry.Key) is { } key && CiConfiguration.Keywords.Contains(key) && key is not ("include" or "workflow" or "spec"));

    /// <summary>Of jobs that say nothing of their own; <c>inherit</c> is not asked, as one job too many does no harm.</summary>
    public YamlNode? UsualArtifacts => Value(_root, "default") is YamlMappingNode all ? Value(all, "artifacts") : null;

    public YamlMappingNode? Workflow => Value(_root, "workflow") as YamlMappingNode;

    /// <summary>Visible jobs in written order, trigger jobs too.</summary>
    public IEnumerable<string> Jobs => _root.Children.Where(entry => entry.Value is YamlMappingNode).Select(entry => Name(entry.Key)).OfType<string>().Where(name => !CiConfiguration.Keywords.Contains(name) && !name.StartsWith('.'));

    public YamlMappingNode? Job(string name) => Value(_root, name) as YamlMappingNode;

    /// <summary>In order, with GitLab's own first and last.</summary>
    public IReadOnlyList<string> Stages => [".pre", .. (Value(_root, "stages") as YamlSequenceNode)?.Select(Name).OfType<string>().Where(stage => stage is not (".pre" or ".post")) ?? UsualStages, ".post"];

    public static string StageOf(YamlMappingNode job) => Name(Value(job, "stage")) ?? "test";

    public static YamlNode? Value(YamlMappingNode map, string key) => map.Children.FirstOrDefault(entry => Name(entry.Key) == key).Value;

    public static string? Name(YamlNode? node) => (node as YamlScalarNode)?.Value;

    /// <summary>The entries with all but these keys. Nodes are shared, so nothing of them is changed.</summary>
    public static YamlMappingNode Without(YamlMappingNode map, params ReadOnlySpan<string> keys)
    {
        var kept = new YamlMappingNode();
        foreach (var (key, value) in map.Children)
            if (Name(key) is not { } name || !keys.Contains(name)) kept.Add(key, value);
        return kept;
    }

    public static YamlScalarNode Text(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };

    public static YamlSequenceNode List(IEnumerable<string> items) => new(items.Select(Text)) { Style = YamlDotNet.Core.Events.SequenceStyle.Flow };

    public static string Write(YamlMappingNode root)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        return text.ToString().TrimEnd('\n', '.') + "\n";
    }
}
