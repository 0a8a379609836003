namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Values of another type than their key takes: gitlab-runner's decoder then refuses the whole file (BurntSushi/toml).</summary>
public sealed class TypeCheck : ConfigCheck
{
    private static readonly Dictionary<string, string> Remedies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["runners[].kubernetes.volumes.secret[].items"] = "Write a table of key to path: [runners.kubernetes.volumes.secret.items] with \"config.json\" = \"docker/config.json\".",
        ["runners[].kubernetes.volumes.config_map[].items"] = "Write a table of key to path: [runners.kubernetes.volumes.config_map.items] with \"config.json\" = \"docker/config.json\".",
        ["runners[].kubernetes.image_pull_secrets"] = "Write the names of the Secrets: image_pull_secrets = [\"registry-login\"].",
        ["runners[].kubernetes.autoscaler.pause_pod_image_pull_secrets"] = "Write the names of the Secrets: [\"registry-login\"].",
        ["runners[].environment"] = "Write a list: environment = [\"NAME=value\"].",
        ["runners[].kubernetes.services[].environment"] = "Write a list: environment = [\"NAME=value\"].",
        ["runners[].kubernetes.node_tolerations"] = "Write a table: [runners.kubernetes.node_tolerations] with \"key=value\" = \"NoSchedule\".",
        ["runners[].kubernetes.allowed_users"] = "Write the numbers as texts: allowed_users = [\"1000\"].",
        ["runners[].kubernetes.allowed_groups"] = "Write the numbers as texts: allowed_groups = [\"1000\"].",
    };

    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        string? told = null;
        foreach (var use in config.Uses)
        {
            if (told is not null && use.Path.StartsWith(told, StringComparison.Ordinal)) continue;
            if (Wanted(use) is not { } wanted || Fits(wanted, use.Node)) continue;
            told = use.Node is ConfigTable && wanted != "array-of-tables" ? use.Path + "." : null;
            yield return use.SchemaPath.Equals("runners", StringComparison.OrdinalIgnoreCase) && use.Node is ConfigTable
                ? Found(CheckCodes.WrongType, CheckSeverity.Error, use, "A [runners] or [runners.…] stands without [[runners]] before it: gitlab-runner refuses the whole file.", "Write [[runners]] above it, in double brackets.")
                : Found(CheckCodes.WrongType, CheckSeverity.Error, use, Message(use, wanted), Remedy(use, wanted));
        }
    }

    // A name of the user's own is judged by what its map holds.
    private static string? Wanted(KeyUse use) => use switch
    {
        { Key: { LastRelease: null } key } => key.IsMap ? "table" : key.Type,
        { Map.Type: "table<string,any>" } => null,
        { Map: { } map } when map.Type.StartsWith("table<string,", StringComparison.Ordinal) => map.Type[13..^1],
        _ => null,
    };

    private static bool Fits(string wanted, ConfigNode node) => wanted switch
    {
        "string" => node is ConfigScalar { Value: string },
        "bool" => node is ConfigScalar { Value: bool },
        "int" => node is ConfigScalar { Value: long },
        "float" => node is ConfigScalar { Value: double or long },
        "datetime" => node is ConfigScalar { Value: ConfigDate },
        // A number of nanoseconds loads and is never meant.
        "duration-string" => node is ConfigScalar { Value: string or 0L },
        "string[]" => IsListOf(node, item => item is ConfigScalar { Value: string }),
        "int[]" => IsListOf(node, item => item is ConfigScalar { Value: long }),
        "float[]" => IsListOf(node, item => item is ConfigScalar { Value: double or long }),
        "string|string[]" => node is ConfigScalar { Value: string } || IsListOf(node, item => item is ConfigScalar { Value: string }),
        "table" => node is ConfigTable,
        "array-of-tables" => IsListOf(node, item => item is ConfigTable),
        _ => true,
    };

    private static bool IsListOf(ConfigNode node, Predicate<ConfigNode> item) => node is ConfigList list && list.Items.TrueForAll(item);

    private static string Message(KeyUse use, string wanted)
    {
        var name = NameOf(use);
        if (wanted == "duration-string" && use.Node is ConfigScalar { Value: long }) return $"{name} is a number, which gitlab-runner takes for nanoseconds.";
        var item = wanted switch { "array-of-tables" => "table", "string|string[]" => "string", _ when wanted.EndsWith("[]", StringComparison.Ordinal) => wanted[..^2], _ => null };
        var odd = item is not null && use.Node is ConfigList list ? list.Items.Find(one => !Fits(item, one)) : null;
        var what = odd is null ? $"is {Article(use.Node.TypeName)}" : $"holds {Article(odd.TypeName)}";
        return $"{name} {what}, and {Words(wanted)} is wanted: gitlab-runner refuses the whole file.";
    }

    private static string Remedy(KeyUse use, string wanted)
    {
        if (Remedies.TryGetValue(use.SchemaPath, out var told)) return told;
        var name = NameOf(use);
        if (use.Map is not null && use.Node is ConfigTable) return $"A name with dots stands in quotes: \"{name}.…\" = \"value\".";
        return wanted switch
        {
            "string" => use.Node is ConfigScalar { Value: long or double or bool } ? $"Put the value in quotes: {name} = \"…\"." : $"Write one text: {name} = \"…\".",
            "bool" => $"Write {name} = true or {name} = false, without quotes.",
            "int" => $"Write a whole number without quotes and unit: {name} = 60.",
            "float" => $"Write a number without quotes: {name} = 1.5.",
            "duration-string" => $"Write it with a unit, in quotes: {name} = \"5m\".",
            "string[]" or "string|string[]" => $"Write a list of texts: {name} = [\"…\"].",
            "int[]" => $"Write a list of whole numbers: {name} = [1000].",
            "float[]" => $"Write a list of numbers: {name} = [1.5].",
            "table" => use.Key is { } key ? $"Write it as a section: {KeyText.Header(key)}." : "Write it as a section.",
            "array-of-tables" => use.Key is { } key ? $"Write each as {KeyText.Header(key)}, in double brackets." : "Write each in double brackets.",
            _ => "Write it as a date, without quotes.",
        };
    }

    private static string NameOf(KeyUse use) => use.Key?.Name ?? use.Path[(use.Path.LastIndexOf('.') + 1)..];

    private static string Words(string wanted) => wanted switch
    {
        "string" => "a text",
        "bool" => "true or false",
        "int" => "a whole number",
        "float" => "a number",
        "duration-string" => "a duration",
        "datetime" => "a date",
        "string[]" => "a list of texts",
        "string|string[]" => "a text or a list of texts",
        "int[]" => "a list of whole numbers",
        "float[]" => "a list of numbers",
        "array-of-tables" => "a list of sections",
        _ => "a section",
    };

    private static string Article(string type) => type switch
    {
        "string" => "a text",
        "integer" => "a whole number",
        "float" => "a number with a point",
        "boolean" => "true or false",
        "datetime" => "a date",
        "array" => "a list",
        _ => "a section",
    };
}
