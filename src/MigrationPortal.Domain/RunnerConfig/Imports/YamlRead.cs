using System.Globalization;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Rendering;

namespace MigrationPortal.Domain.RunnerConfig.Imports;

/// <summary>Values that are taken from YAML: what is taken is gone from the map, and what stays is kept as it is.</summary>
internal static class YamlRead
{
    public static string? Text(this YamlFields fields, string key) => fields[key] is YamlValue { Text.Length: > 0 } value && !(value is { IsText: false, Text: "null" or "~" }) ? value.Text : null;

    public static YamlFields? Map(this YamlFields fields, string key) => fields[key] as YamlFields;

    public static string? Take(this YamlFields fields, string key)
    {
        var text = fields.Text(key);
        if (fields[key] is YamlValue) fields.Remove(key);
        return text;
    }

    public static int? TakeWhole(this YamlFields fields, string key) =>
        fields[key] is YamlValue value && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && fields.Remove(key) ? number : null;

    public static bool? TakeFlag(this YamlFields fields, string key) => fields[key] is YamlValue { IsText: false, Text: "true" or "false" } value && fields.Remove(key) ? value.Text == "true" : null;

    /// <summary>Takes a path of maps; maps that are empty then are taken away too.</summary>
    public static string? TakeBelow(this YamlFields fields, string map, string key)
    {
        var below = fields.Map(map);
        var text = below?.Take(key);
        if (below?.Fields.Count == 0) fields.Remove(map);
        return text;
    }

    /// <summary>Takes out what is a secret by its look or its name.</summary>
    public static void TakeSecrets(this YamlFields fields, string path, List<string> remarks)
    {
        foreach (var (key, value, _) in fields.Fields.ToList())
        {
            var here = path.Length == 0 ? key : $"{path}.{key}";
            if (value is YamlFields below) below.TakeSecrets(here, remarks);
            else if (value is YamlItems items)
                foreach (var item in items.Items.Select(one => one.Item).OfType<YamlFields>())
                {
                    item.TakeSecrets(here, remarks);
                    if (item.Text("name") is { } name && item.Text("value") is { } set && ConfigSecrets.IsSecretSetting(name, set) && item.Remove("value")) remarks.Add($"{here}: the value of {name} was taken out. Keep it in a Secret.");
                }
            else if (value is YamlValue { Text.Length: > 0 } one && (ConfigSecrets.IsSecretText(one.Text) || (IsVariable(key) && ConfigSecrets.IsSecretSetting(key, one.Text))))
            {
                fields.Remove(key);
                remarks.Add($"{here} was taken out. Keep it in a Secret.");
            }
        }
    }

    private static bool IsVariable(string key) => key.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
