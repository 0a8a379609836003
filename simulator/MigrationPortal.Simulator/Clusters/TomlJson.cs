using System.Text.Json.Nodes;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace MigrationPortal.Simulator;

/// <summary>TOML read as the JSON it stands for, as far as a runner's configuration needs it. Never refuses: what cannot be read is not there.</summary>
internal static class TomlJson
{
    public static JsonObject Read(string toml)
    {
        var syntax = SyntaxParser.Parse(toml, validate: false);
        var root = new JsonObject();
        foreach (var pair in syntax.KeyValues)
        {
            Put(root, pair);
        }

        foreach (var table in syntax.Tables)
        {
            var target = Header(root, table);
            foreach (var pair in table.Items)
            {
                Put(target, pair);
            }
        }

        return root;
    }

    private static JsonObject Header(JsonObject root, TableSyntaxBase table)
    {
        var names = NamesOf(table.Name!);
        var parent = Descend(root, names[..^1]);
        if (table is not TableArraySyntax)
        {
            return Descend(parent, names[^1..]);
        }

        if (parent[names[^1]] is not JsonArray list)
        {
            parent[names[^1]] = list = [];
        }

        var made = new JsonObject();
        list.Add((JsonNode)made);
        return made;
    }

    private static JsonObject Descend(JsonObject from, string[] names)
    {
        foreach (var name in names)
        {
            from = from[name] switch
            {
                JsonObject known => known,
                JsonArray { Count: > 0 } list when list[^1] is JsonObject last => last,
                _ => (JsonObject)(from[name] = new JsonObject()),
            };
        }

        return from;
    }

    private static void Put(JsonObject table, KeyValueSyntax pair)
    {
        if (pair.Key is not null && pair.Value is not null)
        {
            var names = NamesOf(pair.Key);
            Descend(table, names[..^1])[names[^1]] = ValueOf(pair.Value);
        }
    }

    private static JsonNode? ValueOf(ValueSyntax value)
    {
        switch (value)
        {
            case StringValueSyntax text: return JsonValue.Create(text.Value ?? "");
            case IntegerValueSyntax number: return JsonValue.Create(number.Value);
            case FloatValueSyntax number: return JsonValue.Create(number.Value);
            case BooleanValueSyntax flag: return JsonValue.Create(flag.Value);
            case ArraySyntax array: return new JsonArray([.. array.Items.Where(item => item.Value is not null).Select(item => ValueOf(item.Value!))]);
            case InlineTableSyntax inline:
                var table = new JsonObject();
                foreach (var item in inline.Items.Where(item => item.KeyValue is not null))
                {
                    Put(table, item.KeyValue!);
                }

                return table;
            default: return null;
        }
    }

    private static string[] NamesOf(KeySyntax key) => [NameOf(key.Key), .. key.DotKeys.Select(dotted => NameOf(dotted.Key))];

    private static string NameOf(BareKeyOrStringValueSyntax? key) => key switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax quoted => quoted.Value ?? "",
        _ => "",
    };
}
