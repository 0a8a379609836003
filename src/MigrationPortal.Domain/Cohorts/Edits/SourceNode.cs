using YamlDotNet.Core;

namespace MigrationPortal.Domain.Cohorts.Edits;

internal enum SourceKind
{
    Scalar,
    List,
    Map,
    Alias,
}

/// <summary>A piece of a file with the place of its text, from the anchor or tag on. Aliases stay aliases: they are what is edited.</summary>
internal sealed class SourceNode(SourceKind kind, int start)
{
    public SourceKind Kind { get; } = kind;

    public int Start { get; } = start;

    /// <summary>Behind its last character; of a block list or mapping behind its last item's.</summary>
    public int End { get; set; }

    public string? Anchor { get; init; }

    public bool HasTag { get; init; }

    public bool IsFlow { get; init; }

    public ScalarStyle Style { get; init; }

    public string Text { get; init; } = "";

    /// <summary>What an alias stands for.</summary>
    public SourceNode? Target { get; init; }

    public List<SourceNode> Items { get; } = [];

    public List<SourceEntry> Entries { get; } = [];

    public bool IsEmptyScalar => Kind == SourceKind.Scalar && Start == End;

    /// <summary>Of a key that is written twice the last one counts, as in GitLab.</summary>
    public SourceEntry? Find(string key) => Entries.LastOrDefault(entry => entry.Key.Kind == SourceKind.Scalar && entry.Key.Text == key);

    public IEnumerable<SourceNode> Below() => Items.Concat(Entries.SelectMany(entry => new[] { entry.Key, entry.Value })).SelectMany(one => one.Below().Prepend(one));
}

internal sealed record SourceEntry(SourceNode Key, SourceNode Value);

/// <summary>Where a value stands: in which file, under which keys.</summary>
/// <param name="Key">Null for an item of a list.</param>
internal sealed record SourcePlace(SourceFile File, IReadOnlyList<string> Path, SourceNode? Key, SourceNode Value);
