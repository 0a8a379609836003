namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>
/// The free section: all that the typed model does not hold, as a document of its own. Lists of tables keep an empty table
/// for each item that has nothing to say, so that positions stay.
/// </summary>
public static class ConfigRest
{
    public static ConfigDocument Of(ConfigDocument document) => new(Of(typeof(ManagerSettings), document.Root));

    /// <summary>Puts <paramref name="rest"/> in the place of all that the typed model does not hold; what it says of a typed key holds too.</summary>
    public static void Replace(ConfigDocument document, ConfigDocument rest)
    {
        Strip(typeof(ManagerSettings), document.Root);
        Merge(document.Root, rest.Root);
    }

    internal static ConfigTable Of(Type record, ConfigTable table)
    {
        var rest = new ConfigTable { Comment = table.Comment };
        foreach (var (key, node) in table.Entries)
        {
            var type = TypeOf(record, table, key, node);
            if (type is null) rest.TryAdd(key, node.Copy());
            else if (ConfigValues.RecordOf(type) is { } below && ConfigLens.Tables(node) is { } tables)
            {
                var parts = tables.Select(one => Of(below, one)).ToList();
                if (parts.TrueForAll(part => part.IsEmpty)) continue;
                rest.TryAdd(key, node is ConfigTable ? parts[0] : ConfigList.Of(parts));
            }
        }

        return rest;
    }

    private static void Strip(Type record, ConfigTable table)
    {
        foreach (var (key, node) in table.Entries.ToList())
        {
            var type = TypeOf(record, table, key, node);
            if (type is null) table.Remove(key);
            else if (ConfigValues.RecordOf(type) is { } below)
                foreach (var one in ConfigLens.Tables(node)!) Strip(below, one);
        }
    }

    private static void Merge(ConfigTable into, ConfigTable from)
    {
        foreach (var (key, node) in from.Entries)
        {
            if (ConfigLens.Tables(into[key]) is { Count: > 0 } there && ConfigLens.Tables(node) is { } more)
                for (var at = 0; at < more.Count; at++)
                    if (at < there.Count) Merge(there[at], more[at]);
                    else (into[key] as ConfigList)?.Items.Add(more[at].Copy());
            else if (!into.TryAdd(key, node.Copy())) into.Set(key, node.Copy());
        }
    }

    // Null: the model does not hold it. Of a name that stands twice in two cases, it holds the one that is found.
    private static Type? TypeOf(Type record, ConfigTable table, string key, ConfigNode node)
    {
        var type = ConfigShape.Of(record).Keys().FirstOrDefault(one => ReferenceEquals(table[one.Key], node)).Type;
        if (type is null) return null;
        var isHeld = ConfigValues.RecordOf(type) is null ? ConfigValues.Read(type, node) is not null : ConfigValues.IsList(type) ? ConfigLens.Tables(node) is not null : node is ConfigTable;
        return isHeld ? type : null;
    }
}
