namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Whether a value has the type that its key needs; with another one gitlab-runner refuses the whole file.</summary>
internal static class KeyShape
{
    /// <returns>Null: it fits, or nothing is known of the key.</returns>
    public static string? Fault(KeyUse use) => use.Key is not { Type.Length: > 0 } key || Fits(key.Type, use.Node) ? null
        : $"Must be {Words(key.Type)}, but is {(use.Node.TypeName is "array" or "integer" ? "an" : "a")} {use.Node.TypeName}: gitlab-runner refuses such a file, so nothing is written.";

    private static bool Fits(string type, ConfigNode node) => type switch
    {
        "string" or "duration-string" => node is ConfigScalar { Value: string },
        "bool" => node is ConfigScalar { Value: bool },
        "int" => node is ConfigScalar { Value: long },
        "float" => node is ConfigScalar { Value: long or double },
        "datetime" => node is ConfigScalar { Value: ConfigDate or string },
        "string[]" => Texts(node),
        "string|string[]" => node is ConfigScalar { Value: string } || Texts(node),
        "int[]" => node is ConfigList ints && ints.Items.TrueForAll(item => item is ConfigScalar { Value: long }),
        "float[]" => node is ConfigList floats && floats.Items.TrueForAll(item => item is ConfigScalar { Value: long or double }),
        "table" => node is ConfigTable,
        "array-of-tables" => node is ConfigTable or ConfigList { IsOfTables: true } or ConfigList { Items.Count: 0 },
        "table<string,string>" => Map(node, value => value is ConfigScalar { Value: string }),
        "table<string,bool>" => Map(node, value => value is ConfigScalar { Value: bool }),
        "table<string,int>" => Map(node, value => value is ConfigScalar { Value: long }),
        "table<string,string[]>" => Map(node, Texts),
        "table<string,any>" => node is ConfigTable,
        _ => true,
    };

    private static bool Texts(ConfigNode node) => node is ConfigList list && list.Items.TrueForAll(item => item is ConfigScalar { Value: string });

    private static bool Map(ConfigNode node, Predicate<ConfigNode> fits) => node is ConfigTable table && table.Entries.All(entry => fits(entry.Value));

    private static string Words(string type) => type switch
    {
        "string" or "duration-string" => "a text in quotes",
        "bool" => "true or false",
        "int" => "a whole number",
        "float" => "a number",
        "datetime" => "a time",
        "string[]" => "a list of texts",
        "string|string[]" => "a text or a list of texts",
        "table" or "table<string,any>" => "a section",
        "array-of-tables" => "a list of sections ([[...]])",
        _ => $"a section ({type})",
    };
}
