using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>Reaches a key by its path, such as <c>runners[0].kubernetes.volumes.secret[1].name</c>.</summary>
public static class ConfigPath
{
    public static ConfigNode? Get(ConfigTable root, string path)
    {
        var parts = path.Split('.');
        ConfigTable? table = root;
        foreach (var part in parts[..^1]) table = table is null ? null : Below(table, part);
        return table is null ? null : parts[^1].EndsWith(']') ? Below(table, parts[^1]) : table[parts[^1]];
    }

    /// <summary>Sets the key, with the sections on its way; null takes it away, with sections that are empty then.</summary>
    public static void Set(ConfigTable root, string path, ConfigNode? node)
    {
        var parts = path.Split('.');
        var way = new List<(ConfigTable Table, string Part)>();
        var table = root;
        foreach (var part in parts[..^1])
        {
            way.Add((table, part));
            var below = Below(table, part);
            if (below is null && node is null) return;
            table = below ?? Made(table, part);
        }

        if (node is not null) node.Comment ??= table[parts[^1]]?.Comment;
        table.Set(parts[^1], node);
        for (var at = way.Count - 1; at >= 0 && node is null && !way[at].Part.EndsWith(']') && way[at].Table.Table(way[at].Part) is { IsEmpty: true }; at--) way[at].Table.Set(way[at].Part, null);
    }

    /// <summary>As the key stands in <see cref="ConfigKeys"/>.</summary>
    public static ConfigKey? KeyOf(string path) => ConfigKeys.Find(string.Join('.', path.Split('.').Select(part => part.IndexOf('[') is > 0 and var at ? part[..at] + "[]" : part)));

    private static ConfigTable? Below(ConfigTable table, string part)
    {
        if (part.IndexOf('[') is not (> 0 and var at)) return table.Table(part);
        var tables = table.Tables(part[..at]);
        return int.Parse(part.AsSpan(at + 1, part.Length - at - 2), CultureInfo.InvariantCulture) is var index && index < tables.Count ? tables[index] : null;
    }

    private static ConfigTable Made(ConfigTable table, string part)
    {
        var made = new ConfigTable();
        if (part.IndexOf('[') is not (> 0 and var at)) table.Set(part, made);
        else if (table[part[..at]] is ConfigList list) list.Items.Add(made);
        else table.Set(part[..at], ConfigList.Of([made]));
        return made;
    }
}
