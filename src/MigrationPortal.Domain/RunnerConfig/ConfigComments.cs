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
        var inside = new List<(int From, int To)>();
        Walk(document.Root, keys, inside);
        var lost = new List<ConfigComment>();
        foreach (var comment in document.Comments)
        {
            var at = keys.Keys.Where(line => line >= comment.Line).Cast<int?>().FirstOrDefault();
            if (at is null || inside.Exists(range => comment.Line > range.From && comment.Line < range.To)) lost.Add(comment);
            else keys[at.Value].Comment = keys[at.Value].Comment is { } there ? $"{there}\n{comment.Text}" : comment.Text;
        }

        return lost;
    }

    private static void Walk(ConfigTable table, SortedDictionary<int, ConfigNode> keys, List<(int From, int To)> inside)
    {
        foreach (var (_, node) in table.Entries)
        {
            if (node is ConfigList { IsOfTables: true } tables && tables.Items[0].Line > 0)
            {
                foreach (var item in tables.Items.Cast<ConfigTable>())
                {
                    keys[item.Line] = item;
                    Walk(item, keys, inside);
                }

                continue;
            }

            keys[node.Line] = node;
            if (node is ConfigTable below) Walk(below, keys, inside);
            else if (node is ConfigList { Items.Count: > 0 } list && list.Items.Max(item => item.Line) is var last && last > list.Line) inside.Add((list.Line, last));
        }
    }
}
