using System.Text.Json;
using System.Text.Json.Serialization;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// Texts of a request that everything behind it can hold: PostgreSQL knows no U+0000, and half of a surrogate pair is no
/// character. Refused at the edge, before GitLab is asked to do half of a request.
/// </summary>
internal sealed class PlainText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException();
        try
        {
            var text = reader.GetString()!;
            return Holds(text) ? text : throw new JsonException("U+0000 is not allowed in a text.");
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("The text is not valid Unicode.");
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public static bool Holds(string text) => !text.Contains('\0', StringComparison.Ordinal);
}

/// <summary>The same for values whose shape the domain reads.</summary>
internal sealed class PlainElement : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var element = JsonElement.ParseValue(ref reader);
        try
        {
            return Holds(element) ? element : throw new JsonException("U+0000 is not allowed in a text.");
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("A text in it is not valid Unicode.");
        }
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);

    private static bool Holds(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => PlainText.Holds(element.GetString()!),
        JsonValueKind.Array => element.EnumerateArray().All(Holds),
        JsonValueKind.Object => element.EnumerateObject().All(field => PlainText.Holds(field.Name) && Holds(field.Value)),
        _ => true,
    };
}
