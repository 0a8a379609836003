using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.RunnerConfig.Configurations;

/// <summary>A key that differs.</summary>
/// <param name="Path">As in <see cref="KeyUse.Path"/>; settings of the deployment begin with <c>deployment.</c></param>
/// <param name="Before">As TOML; null: it was not there.</param>
/// <param name="After">Null: it is gone.</param>
public sealed record ConfigChange(string Path, string? Before, string? After);

/// <summary>Compares configurations key by key: order, comments and the form of the text do not count.</summary>
public static class ConfigDiff
{
    /// <exception cref="ArgumentException">One of them is no TOML.</exception>
    public static IReadOnlyList<ConfigChange> Of(RunnerConfiguration before, RunnerConfiguration after)
    {
        var (one, other) = (Values(before), Values(after));
        var changes = new List<ConfigChange>();
        foreach (var path in one.Keys.Concat(other.Keys.Where(path => !one.ContainsKey(path))))
            if ((one.GetValueOrDefault(path), other.GetValueOrDefault(path)) is var (was, now) && was != now) changes.Add(new(path, was, now));
        return changes;
    }

    private static Dictionary<string, string> Values(RunnerConfiguration configuration)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = configuration.Kind.ToString().ToLowerInvariant(), ["targetVersion"] = configuration.Target.ToString() };
        var document = ConfigDocument.Read(configuration.Toml).Document ?? throw new ArgumentException("It is no TOML.", nameof(configuration));
        Table(values, document.Root, "");
        Settings(values, JsonSerializer.SerializeToElement(configuration.Deployment), "deployment");
        return values;
    }

    private static void Table(Dictionary<string, string> values, ConfigTable table, string path)
    {
        if (table.IsEmpty && path.Length > 0) values[path] = "{}";
        foreach (var (key, node) in table.Entries)
        {
            var here = path.Length == 0 ? key : $"{path}.{key}";
            if (node is ConfigTable below) Table(values, below, here);
            else if (node is ConfigList { IsOfTables: true } tables)
                for (var at = 0; at < tables.Items.Count; at++) Table(values, (ConfigTable)tables.Items[at], string.Create(CultureInfo.InvariantCulture, $"{here}[{at}]"));
            else values[here] = Text(node);
        }
    }

    private static string Text(ConfigNode node) => node is ConfigList list ? $"[{string.Join(", ", list.Items.Select(Text))}]" : node.ToString() ?? "";

    private static void Settings(Dictionary<string, string> values, JsonElement element, string path)
    {
        foreach (var property in element.EnumerateObject())
        {
            var here = $"{path}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}";
            if (property.Value.ValueKind == JsonValueKind.Object) Settings(values, property.Value, here);
            else if (property.Value.ValueKind != JsonValueKind.Null) values[here] = property.Name == nameof(DeploymentSettings.PodSecurity) ? ((PodSecurityLevel)property.Value.GetInt32()).ToString().ToLowerInvariant() : property.Value.GetRawText();
        }
    }
}
