using System.Collections.Concurrent;
using System.Reflection;
using System.Text;

namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>Which keys a record of the typed model stands for.</summary>
public sealed class ConfigShape
{
    private static readonly ConcurrentDictionary<Type, ConfigShape> Known = new();

    private ConfigShape(Type type)
    {
        Type = type;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(one => one.CanWrite))
            if (property.GetCustomAttribute<ConfigPartAttribute>() is { } part) Parts.Add((property, part.Prefix));
            else Fields.Add((property, property.GetCustomAttribute<ConfigNameAttribute>()?.Name ?? Snake(property.Name)));
    }

    public Type Type { get; }

    public List<(PropertyInfo Property, string Key)> Fields { get; } = [];

    public List<(PropertyInfo Property, string Prefix)> Parts { get; } = [];

    public static ConfigShape Of(Type type) => Known.GetOrAdd(type, static one => new ConfigShape(one));

    /// <summary>Every key with the type of its value, those of parts among them.</summary>
    public IEnumerable<(string Key, Type Type)> Keys(string prefix = "") =>
        Fields.Select(field => (prefix + field.Key, field.Property.PropertyType)).Concat(Parts.SelectMany(part => Of(part.Property.PropertyType).Keys(prefix + part.Prefix)));

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
