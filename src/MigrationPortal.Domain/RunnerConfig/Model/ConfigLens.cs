using System.Collections;
using System.Reflection;

namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>
/// Reads records of the typed model from a document's tree and writes them back. The tree stays the truth: what a record
/// does not know, or cannot say (a text where a number belongs), is neither read nor touched, and what did not change keeps
/// its form, line and comment.
/// </summary>
public static class ConfigLens
{
    public static T Read<T>(ConfigTable table)
        where T : class => (T)Read(typeof(T), table, "");

    public static void Write<T>(ConfigTable table, T model)
        where T : class => Write(typeof(T), table, model, "");

    internal static object Read(Type type, ConfigTable table, string prefix)
    {
        var shape = ConfigShape.Of(type);
        var model = Activator.CreateInstance(type)!;
        foreach (var (property, key) in shape.Fields) property.SetValue(model, Value(property.PropertyType, table[prefix + key]));
        foreach (var (property, inner) in shape.Parts) property.SetValue(model, Read(property.PropertyType, table, prefix + inner));
        return model;
    }

    private static object? Value(Type type, ConfigNode? node)
    {
        if (ConfigValues.RecordOf(type) is not { } record) return ConfigValues.Read(type, node);
        if (!ConfigValues.IsList(type)) return node is ConfigTable table ? Read(record, table, "") : null;
        if (Tables(node) is not { } tables) return null;
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(record))!;
        foreach (var one in tables) list.Add(Read(record, one, ""));
        return list;
    }

    private static void Write(Type type, ConfigTable table, object model, string prefix)
    {
        var shape = ConfigShape.Of(type);
        foreach (var (property, key) in shape.Fields) Field(property, table, prefix + key, property.GetValue(model));
        foreach (var (property, inner) in shape.Parts)
            if (property.GetValue(model) is { } part) Write(property.PropertyType, table, part, prefix + inner);
    }

    private static void Field(PropertyInfo property, ConfigTable table, string key, object? value)
    {
        var (type, node) = (property.PropertyType, table[key]);
        if (ConfigValues.RecordOf(type) is not { } record)
        {
            if (!ConfigValues.AreSame(ConfigValues.Read(type, node), value)) table.Set(key, value is null ? null : Commented(ConfigValues.Write(value), node));
        }
        else if (ConfigValues.IsList(type)) Records(record, table, key, (IEnumerable?)value);
        else if (value is not null) One(record, table, key, value);
        else if (node is ConfigTable there) Cleared(record, table, key, there);
    }

    private static void One(Type record, ConfigTable table, string key, object value)
    {
        var there = table[key] as ConfigTable;
        if (there is null) table.Set(key, there = new ConfigTable());
        Write(record, there, value, "");
    }

    // What the record does not know stays, and with it the table.
    private static void Cleared(Type record, ConfigTable table, string key, ConfigTable there)
    {
        var rest = ConfigRest.Of(record, there);
        table.Set(key, rest.IsEmpty ? null : rest);
    }

    private static void Records(Type record, ConfigTable table, string key, IEnumerable? values)
    {
        var tables = Tables(table[key]);
        if (values is null)
        {
            if (tables is not null) table.Set(key, null);
            return;
        }

        var wanted = values.Cast<object>().ToList();
        var free = (tables ?? []).ToList();
        var kept = wanted.ConvertAll(value => free.Find(one => IsUnchanged(record, one, value)) is { } same && free.Remove(same) ? same : null);
        if (tables is not null && kept.Count == tables.Count && kept.Zip(tables).All(pair => ReferenceEquals(pair.First, pair.Second))) return;

        // One that was edited in its place is the same one still; what the record does not know of it stays with it.
        var inPlace = tables?.Count == wanted.Count;
        var written = wanted.Select((value, at) =>
        {
            if (kept[at] is { } same) return same;
            var target = inPlace && free.Contains(tables![at]) ? tables[at] : new ConfigTable();
            Write(record, target, value, "");
            return target;
        }).ToList();
        table.Set(key, ConfigList.Of(written));
    }

    private static bool IsUnchanged(Type record, ConfigTable table, object value)
    {
        var copy = (ConfigTable)table.Copy();
        Write(record, copy, value, "");
        return copy.IsSame(table);
    }

    /// <summary>The tables of a list of tables; a single one counts as one. Null: it is unset, or something else.</summary>
    internal static IReadOnlyList<ConfigTable>? Tables(ConfigNode? node) => node switch
    {
        ConfigTable one => [one],
        ConfigList list when list.Items.TrueForAll(item => item is ConfigTable) => [.. list.Items.Cast<ConfigTable>()],
        _ => null,
    };

    private static ConfigNode Commented(ConfigNode made, ConfigNode? before)
    {
        made.Comment = before?.Comment;
        return made;
    }
}
