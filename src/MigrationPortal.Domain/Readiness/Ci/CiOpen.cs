using YamlDotNet.Core.Events;

namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>A list or mapping whose end has not come yet.</summary>
internal sealed class CiOpen(NodeEvent start, int line)
{
    private const string MergeKey = "<<";

    private readonly List<CiNode> _items = [];

    public NodeEvent Start { get; } = start;

    public void Add(CiNode node) => _items.Add(node);

    public CiNode Close(CiBudget budget)
    {
        if (Start is SequenceStart) return IsReference ? new CiReference(line, [.. _items.OfType<CiScalar>().Select(part => part.Text)]) : new CiList(line, _items);
        var entries = new List<CiEntry>(_items.Count / 2);
        for (var at = 0; at + 1 < _items.Count; at += 2)
        {
            var (key, value) = (_items[at], _items[at + 1]);
            if (key is CiScalar { Text: MergeKey }) Merge(entries, value, budget);
            else entries.Add(new CiEntry((key as CiScalar)?.Text ?? "", key.Line, value));
        }

        return new CiMap(line, entries);
    }

    private bool IsReference => !Start.Tag.IsEmpty && Start.Tag.Value == "!reference";

    /// <summary>YAML 1.1's merge key: what the mapping itself has, before or after, wins; of several the first.</summary>
    private void Merge(List<CiEntry> entries, CiNode value, CiBudget budget)
    {
        var own = new HashSet<string?>(_items.Count / 2, StringComparer.Ordinal);
        for (var at = 0; at < _items.Count; at += 2) own.Add((_items[at] as CiScalar)?.Text);
        var maps = value is CiList list ? list.Items.OfType<CiMap>() : value is CiMap one ? [one] : [];
        foreach (var map in maps)
        {
            budget.Take(map.Entries.Count, line);
            foreach (var entry in map.Entries) if (own.Add(entry.Key)) entries.Add(entry);
        }
    }
}
