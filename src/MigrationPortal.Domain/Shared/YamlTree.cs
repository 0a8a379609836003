using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.Shared;

/// <summary>How much YAML is read as a tree: a few lines can nest without end, or unfold by aliases into billions of nodes.</summary>
/// <param name="Deepest">Levels.</param>
/// <param name="MostEvents">Starts, ends and values.</param>
/// <param name="MostAliases">Places that name an anchor.</param>
public sealed record YamlBounds(int Deepest, int MostEvents, int MostAliases)
{
    /// <summary>A patch of a pod, or a kubeconfig.</summary>
    public static YamlBounds Small { get; } = new(60, 50_000, 20);

    /// <summary>A merged CI configuration, or all manifests of a manager. Who walks such a tree counts what aliases unfold.</summary>
    public static YamlBounds Large { get; } = new(100, 2_000_000, 100_000);
}

/// <summary>The one way in which YAML becomes a tree: its bounds are looked at first, as the parser's own tree has none and ends the process.</summary>
public static class YamlTree
{
    /// <returns>The documents, or what is too large, such as "it is nested more than 60 deep".</returns>
    /// <exception cref="YamlException">It is no YAML; the parser's own sentence may quote it.</exception>
    public static (IReadOnlyList<YamlDocument> Documents, string? Fault) Read(string text, YamlBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        if (Fault(text, bounds) is { } fault) return ([], fault);
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return ([.. stream.Documents], null);
    }

    private static string? Fault(string text, YamlBounds bounds)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        var (depth, events, aliases) = (0, 0, 0);
        while (parser.MoveNext())
        {
            if (++events > bounds.MostEvents) return "it is too long to be judged";
            switch (parser.Current)
            {
                case MappingStart or SequenceStart when ++depth > bounds.Deepest:
                    return $"it is nested more than {bounds.Deepest} deep";
                case MappingEnd or SequenceEnd:
                    depth--;
                    break;
                case AnchorAlias when ++aliases > bounds.MostAliases:
                    return $"it has more than {bounds.MostAliases} aliases";
            }
        }

        return null;
    }
}
