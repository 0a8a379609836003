using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Bounds of a patch before it is read as a tree: a few lines of YAML can nest without end, or unfold by aliases into billions of nodes.</summary>
internal static class PatchSize
{
    private const int Deepest = 60;
    private const int MostEvents = 50_000;
    private const int MostAliases = 20;

    /// <returns>What is too large; null when the patch can be read.</returns>
    /// <exception cref="YamlException">It is no YAML.</exception>
    public static string? Fault(string text)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        var (depth, events, aliases) = (0, 0, 0);
        while (parser.MoveNext())
        {
            if (++events > MostEvents) return "it is too long to be judged";
            switch (parser.Current)
            {
                case MappingStart or SequenceStart when ++depth > Deepest:
                    return $"it is nested more than {Deepest} deep";
                case MappingEnd or SequenceEnd:
                    depth--;
                    break;
                case AnchorAlias when ++aliases > MostAliases:
                    return $"it has more than {MostAliases} aliases";
            }
        }

        return null;
    }
}
