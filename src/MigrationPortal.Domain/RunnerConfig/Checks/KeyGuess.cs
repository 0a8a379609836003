using System.Collections.Frozen;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>What somebody may have meant by a key that is not known where it stands.</summary>
/// <param name="Key">Null: nothing like it is known.</param>
/// <param name="IsHere">The meant key belongs to the same section.</param>
/// <param name="Others">Further sections that have it.</param>
internal sealed record KeyGuess(ConfigKey? Key, bool IsHere, IReadOnlyList<ConfigKey> Others)
{
    private const int LongestName = 64;

    // The longest key of gitlab-runner has 150 characters.
    private const int LongestPath = 400;


    private static readonly FrozenDictionary<string, string> Squashed = ConfigKeys.All.Select(key => key.Name).Distinct().ToFrozenDictionary(name => name, NameDistance.Squash, StringComparer.Ordinal);

    private static readonly ILookup<string, ConfigKey> BySquashedName = ConfigKeys.All.Where(key => key.LastRelease is null).ToLookup(Bare);

    /// <param name="use">A key that is unknown.</param>
    /// <param name="executor">Of its runner: sections of that executor are likelier.</param>
    public static KeyGuess Of(KeyUse use, string? executor)
    {
        if (use.SchemaPath.Length > LongestPath) return new(null, false, []);
        var parent = ParentOf(use.SchemaPath, out var name);
        var squashed = NameDistance.Squash(name);
        if (squashed.Length is 0 or > LongestName) return new(null, false, []);

        var siblings = ConfigKeys.Below(parent).Where(key => key.LastRelease is null).ToList();
        if (siblings.Find(key => Bare(key) == squashed) is { } same) return new(same, true, []);
        if (KeySlips.Sibling(use.SchemaPath) is { } told) return new(told, true, []);
        // A letter or two: nearer than a key of that name in a far section.
        var near = siblings.Select(key => (Key: key, IsNear: NameDistance.AreNear(squashed, Bare(key), out var distance), Distance: distance)).Where(one => one.IsNear).OrderBy(one => one.Distance).FirstOrDefault();
        if (near is { Key: not null, Distance: 1 }) return new(near.Key, true, []);

        var elsewhere = BySquashedName[squashed].Where(key => !IsBelow(key.Path, use.SchemaPath)).OrderBy(key => Strangeness(key.Path, parent, executor)).ToList();
        if (elsewhere.Count > 0) return new(elsewhere[0], false, elsewhere[1..]);
        if (near.Key is not null) return new(near.Key, true, []);
        // metric_queries for queries, name for alias_name.
        var part = siblings.Find(key => Bare(key) is { Length: >= 5 } known && (squashed.EndsWith(known, StringComparison.Ordinal) || (squashed.Length >= 5 && known.EndsWith(squashed, StringComparison.Ordinal))));
        return new(part, part is not null, []);
    }

    internal static string ParentOf(string path, out string name)
    {
        // Names may hold dots themselves; schema paths of unknown keys are followed as far as they are known.
        for (var end = path.LastIndexOf('.'); end > 0; end = path.LastIndexOf('.', end - 1))
        {
            var above = path[..end];
            if (ConfigKeys.Find(above.EndsWith("[]", StringComparison.Ordinal) ? above[..^2] : above) is not null)
            {
                name = path[(end + 1)..];
                return above;
            }
        }

        name = path;
        return "";
    }

    private static string Bare(ConfigKey key) => Squashed[key.Name];

    private static bool IsBelow(string path, string above) => path.StartsWith(above, StringComparison.OrdinalIgnoreCase);

    // The shared beginning counts; sections of another executor are the last that are meant.
    private static int Strangeness(string path, string parent, string? executor)
    {
        var (mine, theirs) = (parent.Split('.'), path.Split('.'));
        var shared = mine.Zip(theirs).TakeWhile(pair => pair.First.TrimEnd('[', ']') == pair.Second.TrimEnd('[', ']')).Count();
        var section = theirs.Length > 2 && theirs[0] == "runners[]" ? theirs[1].TrimEnd('[', ']') : "";
        var isOther = section.Length > 0 && ExecutorSections.IsOfExecutors(section) && !ExecutorSections.Of(executor).Contains(section);
        return (isOther ? 1000 : 0) + (theirs.Length * 10) - (shared * 15) + (path.Contains("init_permissions", StringComparison.Ordinal) || path.Contains("affinity", StringComparison.Ordinal) ? 5 : 0);
    }
}
