using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>The way to a field of an object, printed as Kubernetes prints it: <c>.spec.containers[name="build"].image</c>.</summary>
public sealed record FieldPath(IReadOnlyList<FieldStep> Steps)
{
    public static FieldPath Root { get; } = new([]);

    public FieldPath Below(FieldStep step) => new([.. Steps, step]);

    public override string ToString() => string.Concat(Steps);

    public bool Equals(FieldPath? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}

/// <summary>One step of a path: into a field, or to an item of a list.</summary>
public abstract record FieldStep
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private FieldStep()
    {
    }

    // As it prints.
    public abstract override string ToString();

    /// <summary>Whether this is the step that a key of <c>FieldsV1</c> names.</summary>
    internal abstract bool Is(string key);

    public sealed record Field(string Name) : FieldStep
    {
        public override string ToString() => $".{Name}";

        internal override bool Is(string key) => key.StartsWith("f:", StringComparison.Ordinal) && key.AsSpan(2).SequenceEqual(Name);
    }

    /// <param name="Keys">The fields that tell items apart; null: their place does.</param>
    public sealed record Item(int Index, IReadOnlyList<string>? Keys, JsonNode? Node) : FieldStep
    {
        public override string ToString() => Keys is null ? $"[{Index}]" : $"[{string.Join(',', Keys.Select(key => $"{key}={Value(Node!, key)}"))}]";

        internal override bool Is(string key) => key[..2] switch
        {
            "k:" => JsonNode.Parse(key[2..]) is JsonObject keys && Node is JsonObject item && keys.All(one => JsonNode.DeepEquals(one.Value, item[one.Key]) || (item[one.Key] is null && one is { Key: "protocol", Value: var usual } && usual?.ToString() == "TCP")),
            "v:" => JsonNode.DeepEquals(JsonNode.Parse(key[2..]), Node),
            _ => key == $"i:{Index}",
        };

        /// <summary>As it prints. A protocol that is not given is TCP, and is so in what the API server returns.</summary>
        internal static string Value(JsonNode item, string key) => item[key]?.ToJsonString(Plain) ?? (key == "protocol" ? "\"TCP\"" : "null");
    }
}
