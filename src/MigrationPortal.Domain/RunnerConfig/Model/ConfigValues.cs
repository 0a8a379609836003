using System.Collections;

namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>Values of the typed model and the nodes that they stand for. What a record cannot hold stays in the tree, unread.</summary>
public static class ConfigValues
{
    /// <summary>The record type below a property: of a table, or of each table of a list; null: a plain value.</summary>
    public static Type? RecordOf(Type type) => ItemOf(type) is { } item ? (IsPlain(item) ? null : item) : IsPlain(type) || IsMap(type) ? null : type;

    public static bool IsList(Type type) => ItemOf(type) is not null;

    /// <returns>Null: unset, or nothing that a value of <paramref name="type"/> can say.</returns>
    public static object? Read(Type type, ConfigNode? node)
    {
        if (node is null) return null;
        if (Plain(type) is { } plain) return node is ConfigScalar scalar ? Scalar(plain, scalar) : null;
        if (ItemOf(type) is { } item) return IsPlain(item) ? Items(item, node) : null;
        return IsMap(type) && node is ConfigTable table ? Map(type.GetGenericArguments()[1], table) : null;
    }

    public static ConfigNode Write(object value) => value switch
    {
        string or long or double or bool => new ConfigScalar(value),
        IReadOnlyDictionary<string, string> map => Table(map),
        IReadOnlyDictionary<string, long> map => Table(map),
        IReadOnlyDictionary<string, bool> map => Table(map),
        IEnumerable list => new ConfigList(list.Cast<object>().Select(item => new ConfigScalar(item))),
        _ => throw new InvalidOperationException($"A value without a case: {value.GetType().Name}."),
    };

    public static bool AreSame(object? one, object? other) => (one, other) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (IDictionary a, IDictionary b) => a.Count == b.Count && a.Keys.Cast<object>().All(key => b.Contains(key) && Equals(a[key], b[key])),
        (string a, string b) => a == b,
        (IEnumerable a, IEnumerable b) => a.Cast<object>().SequenceEqual(b.Cast<object>()),
        _ => one.Equals(other),
    };

    private static object? Scalar(Type type, ConfigScalar scalar) => (scalar.Value, type) switch
    {
        (long whole, _) when type == typeof(double) => (double)whole,
        var (value, _) when value.GetType() == type => value,
        _ => null,
    };

    private static object? Items(Type item, ConfigNode node)
    {
        // One text stands for a list of one, as in pull_policy.
        var nodes = node switch { ConfigList list => list.Items, ConfigScalar { Value: string } one when item == typeof(string) => [one], _ => null };
        if (nodes is null) return null;
        var values = nodes.ConvertAll(one => one is ConfigScalar scalar ? Scalar(item, scalar) : null);
        if (values.Contains(null)) return null;
        return item == typeof(string) ? values.ConvertAll(value => (string)value!) : values.ConvertAll(value => (long)value!);
    }

    private static object? Map(Type value, ConfigTable table) =>
        value == typeof(string) ? Map<string>(table) : value == typeof(bool) ? Map<bool>(table) : Map<long>(table);

    private static Dictionary<string, T>? Map<T>(ConfigTable table)
        where T : notnull
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (key, node) in table.Entries)
        {
            if (node is not ConfigScalar { Value: T value }) return null;
            map[key] = value;
        }

        return map;
    }

    private static ConfigTable Table<T>(IReadOnlyDictionary<string, T> map)
        where T : notnull
    {
        var table = new ConfigTable();
        foreach (var (key, value) in map) table.TryAdd(key, new ConfigScalar(value));
        return table;
    }

    private static bool IsPlain(Type type) => Plain(type) is not null;

    private static Type? Plain(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain == typeof(string) || plain == typeof(long) || plain == typeof(double) || plain == typeof(bool)) ? plain : null;

    private static bool IsMap(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);

    private static Type? ItemOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
}
