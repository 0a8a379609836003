using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Store;

/// <summary>How domain records stand in jsonb columns. Stored: names and forms here are promises.</summary>
internal static class StoreJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // jsonb sorts an object's keys by length: the case of a plan target need not come first.
        AllowOutOfOrderMetadataProperties = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameCases, LeaveOutZero } },
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            new TextConverter<InstanceId>(one => one.Name, text => new InstanceId(text)),
            new TextConverter<Executor>(one => one.ToString(), text => new Executor(text)),
            new TextConverter<RunnerId>(one => one.ToString(), text => Split(text, (instance, number) => new RunnerId(instance, number))),
            new TextConverter<ProjectId>(one => one.ToString(), text => Split(text, (instance, number) => new ProjectId(instance, number))),
            new TagSetConverter(),
            new NumberSetConverter(),
        },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");

    // The cases of a plan target are nested records; Domain carries no serializer attributes.
    private static void NameCases(JsonTypeInfo type)
    {
        if (type.Type != typeof(PlanTarget)) return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "case" };
        foreach (var one in typeof(PlanTarget).GetNestedTypes().Where(one => one.IsSubclassOf(typeof(PlanTarget))))
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(one, one.Name));
    }

    // Most arms have none, and there are hundreds of thousands of them.
    private static void LeaveOutZero(JsonTypeInfo type)
    {
        if (type.Type != typeof(ArmCounts)) return;
        type.Properties.Single(property => property.Name == "unread").ShouldSerialize = (_, value) => value is not 0L;
    }

    private static T Split<T>(string text, Func<InstanceId, long, T> make)
    {
        var slash = text.LastIndexOf('/');
        return make(new InstanceId(text[..slash]), long.Parse(text.AsSpan(slash + 1), provider: null));
    }

    private sealed class TextConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }

    private sealed class TagSetConverter : JsonConverter<TagSet>
    {
        public override TagSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TagSet.Of(JsonSerializer.Deserialize<string[]>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, TagSet value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }

    private sealed class NumberSetConverter : JsonConverter<IReadOnlySet<long>>
    {
        public override IReadOnlySet<long> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<HashSet<long>>(ref reader, options)!;

        // Sorted, so that equal sets are equal text.
        public override void Write(Utf8JsonWriter writer, IReadOnlySet<long> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Order().ToArray(), options);
    }
}
