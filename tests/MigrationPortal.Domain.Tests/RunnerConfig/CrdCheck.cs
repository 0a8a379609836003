using MigrationPortal.Domain.RunnerConfig.Rendering;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

/// <summary>What an API server would prune from an object, or refuse of it, by the structural schema of its CustomResourceDefinition.</summary>
internal static class CrdCheck
{
    public static IEnumerable<string> Problems(YamlFields schema, YamlPart value, string path)
    {
        var type = schema["type"] is YamlValue named ? named.Text : "object";
        var isRight = (type, value) switch
        {
            ("object", YamlFields) or ("array", YamlItems) => true,
            ("string", YamlValue { IsText: true }) => true,
            ("integer", YamlValue { IsText: false } number) => long.TryParse(number.Text, out _),
            ("boolean", YamlValue { IsText: false, Text: "true" or "false" }) => true,
            _ => false,
        };
        if (!isRight) yield return $"{path} must be a {type}";
        if (value is YamlFields fields && schema["properties"] is YamlFields properties)
            foreach (var (key, inner, _) in fields.Fields)
                if (properties[key] is not YamlFields below) yield return $"{path}.{key} is pruned";
                else foreach (var problem in Problems(below, inner, $"{path}.{key}")) yield return problem;
        if (value is YamlFields there && schema["required"] is YamlItems required)
            foreach (var (key, _) in required.Items)
                if (there[((YamlValue)key).Text] is null) yield return $"{path}.{((YamlValue)key).Text} is missing";
        if (value is YamlItems items && schema["items"] is YamlFields each)
            foreach (var (item, _) in items.Items)
                foreach (var problem in Problems(each, item, $"{path}[]")) yield return problem;
    }
}
