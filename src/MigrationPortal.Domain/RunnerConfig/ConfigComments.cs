using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>Comments of a text that go with the keys they stand at, so that rendering brings them back.</summary>
public static class ConfigComments
{
    /// <summary>
    /// Gives each comment to the key on its line, or to the next one below it. Comments inside of values and at the end of the file
    /// have no key.
    /// </summary>
    /// <returns>Those.</returns>
    public static IReadOnlyList<ConfigComment> Keep(ConfigDocument document)
    {
        // The last node that begins on a line: of [a.b] it is b, whose header the line is.
        var keys = new SortedDictionary<int, ConfigNode>();
        var values = new List<(int From, int To)>();
        Walk(document.Root, keys, values);
        values.Sort();
        var lost = new List<ConfigComment>();
        using var key = keys.GetEnumerator();
        var (isKey, value, end) = (key.MoveNext(), 0, 0);
        var said = new Dictionary<ConfigNode, List<string>>();
        foreach (var comment in document.Comments.OrderBy(comment => comment.Line))
        {
            while (isKey && key.Current.Key < comment.Line) isKey = key.MoveNext();
            for (; value < values.Count && values[value].From < comment.Line; value++) end = Math.Max(end, values[value].To);
            if (!isKey || comment.Line < end) lost.Add(comment);
            else if (said.TryGetValue(key.Current.Value, out var there)) there.Add(comment.Text);
            else said[key.Current.Value] = key.Current.Value.Comment is { } before ? [before, comment.Text] : [comment.Text];
        }

        foreach (var (node, lines) in said) node.Comment = string.Join('\n', lines);
        return lost;
    }

    /// <summary>A sentence on comments that have no key.</summary>
    public static string Lost(int count) => count == 1 ? "A comment inside of a value or at the end was lost." : string.Create(CultureInfo.InvariantCulture, $"{count} comments inside of values or at the end were lost.");

    private static void Walk(ConfigTable table, SortedDictionary<int, ConfigNode> keys, List<(int From, int To)> values)
    {
        foreach (var (_, node) in table.Entries)
        {
            if (node is ConfigList { IsOfTables: true } tables && tables.Items[0].Line > 0)
            {
                foreach (var item in tables.Items.Cast<ConfigTable>())
                {
                    keys[item.Line] = item;
                    Walk(item, keys, values);
                }

                continue;
            }

            keys[node.Line] = node;
            if (node is ConfigTable below) Walk(below, keys, values);
            else if (node is ConfigList { Items.Count: > 0 } list && list.Items.Max(item => item.Line) is var last && last > list.Line) values.Add((list.Line, last));
        }
    }
}
