namespace MigrationPortal.Domain.Readiness.Ci;

/// <param name="Line">Where the key is written, from 1.</param>
public readonly record struct CiEntry(string Key, int Line, CiNode Value);

/// <summary>A mapping in written order. Of a key that is written twice the last one counts, as in GitLab.</summary>
public sealed class CiMap : CiNode
{
    /// <summary>Below this a walk is faster than a hash.</summary>
    private const int Small = 8;

    private readonly CiEntry[] _entries;
    private readonly Dictionary<string, int>? _places;

    public CiMap(int line, IReadOnlyCollection<CiEntry> entries)
        : this(line, Last(entries))
    {
    }

    private CiMap(int line, CiEntry[] entries)
        : base(line, 1 + Deepest(entries))
    {
        _entries = entries;
        if (_entries.Length <= Small) return;
        _places = new Dictionary<string, int>(_entries.Length, StringComparer.Ordinal);
        for (var at = 0; at < _entries.Length; at++) _places[_entries[at].Key] = at;
    }

    public IReadOnlyList<CiEntry> Entries => _entries;

    public CiNode? this[string key] => Find(key)?.Value;

    public CiEntry? Find(string key)
    {
        if (_places is not null) return _places.TryGetValue(key, out var place) ? _entries[place] : null;
        foreach (var entry in _entries)
            if (string.Equals(entry.Key, key, StringComparison.Ordinal)) return entry;
        return null;
    }

    /// <summary>GitLab's merge for <c>extends</c>: mappings key by key, all else replaced by the later one.</summary>
    /// <param name="budget">Null where a handful of files is merged once.</param>
    /// <exception cref="CiLimitException">Merging costs more than the budget has left.</exception>
    public static CiMap Merge(CiMap under, CiMap over, CiBudget? budget = null)
    {
        budget?.Take(under._entries.Length + over._entries.Length, over.Line);
        var merged = new List<CiEntry>(under._entries.Length + over._entries.Length);
        foreach (var entry in under._entries)
        {
            if (over.Find(entry.Key) is not { } later) merged.Add(entry);
            else merged.Add(entry.Value is CiMap a && later.Value is CiMap b ? later with { Value = Merge(a, b, budget) } : later);
        }

        foreach (var entry in over._entries) if (under.Find(entry.Key) is null) merged.Add(entry);
        return new CiMap(over.Line, merged.ToArray());
    }

    private static bool Repeats(ReadOnlySpan<CiEntry> entries)
    {
        for (var at = 1; at < entries.Length; at++)
            foreach (var before in entries[..at])
                if (string.Equals(before.Key, entries[at].Key, StringComparison.Ordinal)) return true;
        return false;
    }

    private static int Deepest(CiEntry[] entries)
    {
        var deepest = 0;
        foreach (var entry in entries) deepest = Math.Max(deepest, entry.Value.Depth);
        return deepest;
    }

    private static CiEntry[] Last(IReadOnlyCollection<CiEntry> entries)
    {
        if (entries.Count <= Small)
        {
            CiEntry[] few = [.. entries];
            if (!Repeats(few)) return few;
        }

        var places = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        var kept = new List<CiEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (places.TryAdd(entry.Key, kept.Count)) kept.Add(entry);
            else kept[places[entry.Key]] = entry;
        }

        return [.. kept];
    }
}
