using System.Collections.Concurrent;

namespace MigrationPortal.World;

/// <summary>An interned, sorted set of tags: equal sets are the same object. Case-sensitive, as in GitLab.</summary>
public sealed class TagSet
{
    private static readonly ConcurrentDictionary<string, TagSet> Known = new(StringComparer.Ordinal);

    private TagSet(string[] tags) => Tags = tags;

    public static TagSet Empty { get; } = Of([]);

    public IReadOnlyList<string> Tags { get; }

    public bool IsEmpty => Tags.Count == 0;

    /// <summary>All tags of a job must be among the runner's; extra runner tags do not hurt.</summary>
    public bool IsSubsetOf(TagSet other)
    {
        int mine = 0, theirs = 0;
        while (mine < Tags.Count && theirs < other.Tags.Count)
        {
            var order = string.CompareOrdinal(Tags[mine], other.Tags[theirs]);
            if (order < 0)
            {
                return false;
            }

            theirs++;
            mine += order == 0 ? 1 : 0;
        }

        return mine == Tags.Count;
    }

    public static TagSet Of(IEnumerable<string> tags)
    {
        var sorted = tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return Known.GetOrAdd(string.Join('\n', sorted), static (_, list) => new TagSet(list), sorted);
    }

    public override string ToString() => IsEmpty ? "untagged" : string.Join(", ", Tags);
}
