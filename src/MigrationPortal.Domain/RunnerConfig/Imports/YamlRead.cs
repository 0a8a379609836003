using System.Globalization;
using System.Text.RegularExpressions;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Rendering;

namespace MigrationPortal.Domain.RunnerConfig.Imports;

/// <summary>Values that are taken from YAML: what is taken is gone from the map, and what stays is kept as it is.</summary>
internal static partial class YamlRead
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

    /// <summary>Takes out what is a secret by its look or its name, and whole Secrets among objects.</summary>
    public static void TakeSecrets(this YamlFields fields, string path, List<string> remarks)
    {
        foreach (var (key, value, _) in fields.Fields)
        {
            var here = path.Length == 0 ? key : $"{path}.{key}";
            switch (value)
            {
                case YamlFields below when IsSecretObject(below):
                    fields.Remove(key);
                    remarks.Add(SecretObject(here, below));
                    break;
                case YamlFields below:
                    below.TakeSecrets(here, remarks);
                    break;
                case YamlItems items:
                    items.TakeSecrets(here, remarks);
                    break;
                case YamlValue { Text.Length: > 0 } one when ConfigSecrets.IsSecretText(one.Text) || (IsVariable(key) && ConfigSecrets.IsSecretSetting(key, one.Text)) || (Named.Contains(key) && one.IsText && !one.Text.StartsWith('$')):
                    fields.Remove(key);
                    remarks.Add($"{here} was taken out. Keep it in a Secret.");
                    break;
            }
        }
    }

    private static void TakeSecrets(this YamlItems items, string here, List<string> remarks)
    {
        var gone = new HashSet<YamlPart>();
        foreach (var (item, _) in items.Items)
        {
            switch (item)
            {
                case YamlFields fields when IsSecretObject(fields):
                    gone.Add(item);
                    remarks.Add(SecretObject(here, fields));
                    break;
                case YamlFields fields:
                    fields.TakeSecrets(here, remarks);
                    if (fields.Text("name") is { } name && fields.Text("value") is { } set && ConfigSecrets.IsSecretSetting(name, set) && fields.Remove("value")) remarks.Add($"{here}: the value of {name} was taken out. Keep it in a Secret.");
                    break;
                case YamlItems below:
                    below.TakeSecrets(here, remarks);
                    break;
                // The chart takes an object as a text too.
                case YamlValue { IsText: true } text when SecretKind().IsMatch(text.Text):
                    gone.Add(item);
                    remarks.Add($"{here}: a Secret was taken out. Make it in the cluster.");
                    break;
                case YamlValue text when ConfigSecrets.IsSecretText(text.Text):
                    gone.Add(item);
                    remarks.Add($"{here}: an item was taken out. Keep it in a Secret.");
                    break;
            }
        }

        items.Remove(gone);
    }

    // data and stringData hold whatever it is; without them it is a reference such as objectRef.
    private static bool IsSecretObject(YamlFields one) => one.Text("kind") == "Secret" && (one["metadata"] is not null || one["data"] is not null || one["stringData"] is not null);

    private static string SecretObject(string here, YamlFields one) => $"{here}: the Secret {one.Map("metadata")?.Text("name") ?? "there"} was taken out. Make it in the cluster.";

    private static bool IsVariable(string key) => key.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '_');

    private static readonly HashSet<string> Named = new(StringComparer.OrdinalIgnoreCase) { "password", "passwd", "passphrase", "secretKey", "secretAccessKey", "accessKey", "privateKey", "apiKey", "accountKey", "bearerToken", "clientSecret" };

    [GeneratedRegex(@"^kind:\s*[""']?Secret[""']?\s*$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex SecretKind();
}
