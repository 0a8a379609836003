using System.Collections;

namespace MigrationPortal.Domain.Shared;

/// <summary>
/// An immutable set of runner or job tags. Order does not count, case does (gitlab-api.md 1.3: matching is
/// case-sensitive). The empty set on a job means untagged.
/// </summary>
public sealed class TagSet : IEquatable<TagSet>, IReadOnlyCollection<string>
{
    public static readonly TagSet Empty = new([]);

    private readonly string[] _sorted;
    private readonly int _hash;

    private TagSet(string[] sorted)
    {
        _sorted = sorted;
        var hash = new HashCode();
        foreach (var tag in sorted) hash.Add(tag, StringComparer.Ordinal);
        _hash = hash.ToHashCode();
    }

    public int Count => _sorted.Length;

    public bool IsEmpty => _sorted.Length == 0;

    public static TagSet Of(params IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var sorted = tags.Distinct(StringComparer.Ordinal).ToArray();
        if (sorted.Length == 0) return Empty;
        Array.Sort(sorted, StringComparer.Ordinal);
        return new TagSet(sorted);
    }

    public bool Contains(string tag) => Array.BinarySearch(_sorted, tag, StringComparer.Ordinal) >= 0;

    /// <summary>Both arrays are sorted, so one walk decides; this is the inner loop of the matching engine.</summary>
    public bool IsSubsetOf(TagSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_sorted.Length > other._sorted.Length) return false;
        var at = 0;
        foreach (var tag in _sorted)
        {
            while (at < other._sorted.Length && string.CompareOrdinal(other._sorted[at], tag) < 0) at++;
            if (at == other._sorted.Length || !string.Equals(other._sorted[at], tag, StringComparison.Ordinal)) return false;
            at++;
        }
        return true;
    }

    public TagSet With(params IEnumerable<string> tags) => Of(_sorted.Concat(tags));

    public TagSet Without(params IEnumerable<string> tags) => Of(_sorted.Except(tags, StringComparer.Ordinal));

    public TagSet Union(TagSet other) => Of(_sorted.Concat(other));

    public bool Equals(TagSet? other) =>
        other is not null && _hash == other._hash && _sorted.AsSpan().SequenceEqual(other._sorted);

    public override bool Equals(object? obj) => Equals(obj as TagSet);

    public override int GetHashCode() => _hash;

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_sorted).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As people write it: <c>[docker, linux]</c>, or <c>untagged</c>.</summary>
    public override string ToString() => IsEmpty ? "untagged" : $"[{string.Join(", ", _sorted)}]";

    public static bool operator ==(TagSet? left, TagSet? right) => Equals(left, right);

    public static bool operator !=(TagSet? left, TagSet? right) => !Equals(left, right);
}
