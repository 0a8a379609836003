using MigrationPortal.Domain.Shared;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>One value that a patch sets in the pod.</summary>
/// <param name="Path">With dots; elements of lists by their name, else by their position: <c>containers[build].securityContext.runAsUser</c>.</param>
/// <param name="Value">Null: it takes away what stands there.</param>
public sealed record PatchLeaf(string Path, string? Value);

/// <summary>A patch of <c>[[runners.kubernetes.pod_spec]]</c>, read: what it sets, or why it cannot be used.</summary>
/// <param name="Fault">Null: it can be read.</param>
public sealed record PodPatch(IReadOnlyList<PatchLeaf> Leaves, string? Fault)
{
    /// <summary>More than this is not looked at: aliases of YAML can make much of little.</summary>
    private const int MostLeaves = 5_000;

    private const int Deepest = 60;

    private const int LongestPointer = 1_000;

    // As gitlab-runner puts them into the pod.
    private static readonly string[] Order = ["build", "helper"];

    /// <param name="kind"><c>strategic</c>, <c>merge</c> or <c>json</c>; null or empty: strategic.</param>
    public static PodPatch Of(string text, string? kind)
    {
        YamlNode? root;
        try
        {
            var (documents, large) = YamlTree.Read(text, YamlBounds.Small);
            if (large is not null) return new([], large);
            root = documents.Count == 0 ? null : documents[0].RootNode;
        }
        catch (YamlException broken)
        {
            return new([], $"it is neither YAML nor JSON (line {broken.Start.Line} of the patch)");
        }

        var leaves = new List<PatchLeaf>();
        if (kind == "json")
        {
            if (root is not YamlSequenceNode steps || !steps.Children.All(step => step is YamlMappingNode)) return new([], "a json patch is a list of steps with op, path and value");
            foreach (var step in steps.Children.Cast<YamlMappingNode>())
                if (Step(step, leaves) is { } fault) return new([], fault);
            return new(leaves, null);
        }

        if (root is not YamlMappingNode) return new([], root is YamlSequenceNode ? "it is a list, and only a json patch is one" : "it holds no fields of a pod");
        Flatten(root, "", leaves, 0);
        return new(leaves, null);
    }

    private static string? Step(YamlMappingNode step, List<PatchLeaf> leaves)
    {
        string? Text(string key) => step.Children.TryGetValue(new YamlScalarNode(key), out var node) ? (node as YamlScalarNode)?.Value : null;
        if (Text("op") is not { } op || op is not ("add" or "replace" or "remove" or "move" or "copy" or "test")) return "each step needs op: add, replace, remove, move, copy or test";
        if (Text("path") is not { } pointer || (pointer.Length > 0 && pointer[0] != '/')) return "each step needs a path that begins with a slash";
        if (pointer.Length > LongestPointer) return "a path is too long";
        var path = PathOf(pointer);
        switch (op)
        {
            case "add" or "replace":
                if (!step.Children.TryGetValue(new YamlScalarNode("value"), out var value)) return $"the step {op} needs a value";
                Flatten(value, path, leaves, 0);
                break;
            case "remove" or "move":
                leaves.Add(new(op == "move" && Text("from") is { } from ? PathOf(from) : path, null));
                break;
        }

        return null;
    }

    // /containers/0/securityContext: the first is the build container, the second the helper, services follow.
    private static string PathOf(string pointer)
    {
        var path = "";
        foreach (var part in pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
            path += path.Length > 0 && (part == "-" || part.All(char.IsAsciiDigit))
                ? $"[{(path == "containers" && int.TryParse(part, out var index) ? index < Order.Length ? Order[index] : "service" : part)}]"
                : path.Length == 0 ? part : "." + part;
        return path;
    }

    private static void Flatten(YamlNode node, string path, List<PatchLeaf> leaves, int depth)
    {
        if (leaves.Count >= MostLeaves || depth > Deepest) return;
        switch (node)
        {
            case YamlMappingNode map:
                if (map.Children.Count == 0) leaves.Add(new(path, "{}"));
                foreach (var (key, value) in map.Children) Flatten(value, path.Length == 0 ? NameOf(key) : $"{path}.{NameOf(key)}", leaves, depth + 1);
                break;
            case YamlSequenceNode list:
                for (var i = 0; i < list.Children.Count; i++)
                    Flatten(list.Children[i], $"{path}[{((list.Children[i] as YamlMappingNode)?.Children.TryGetValue(new YamlScalarNode("name"), out var name) == true ? (name as YamlScalarNode)?.Value : null) ?? i.ToString(System.Globalization.CultureInfo.InvariantCulture)}]", leaves, depth + 1);
                break;
            case YamlScalarNode scalar:
                leaves.Add(new(path, scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null" ? null : scalar.Value));
                break;
        }
    }

    private static string NameOf(YamlNode key) => (key as YamlScalarNode)?.Value ?? "";
}
