using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MigrationPortal.Kubernetes;

/// <summary>JSON as it goes over the wire.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What every stored object of this kind begins with, up to and including the comma.</summary>
    public static byte[] Head(ResourceKind kind) =>
        Encoding.UTF8.GetBytes($"{{\"kind\":\"{kind.Kind}\",\"apiVersion\":\"{kind.ApiVersion}\",");

    /// <summary>The object as this version shows it: versions of one kind differ by name only.</summary>
    /// <param name="bare">Without kind and apiVersion, as lists of built-in kinds hold their items.</param>
    public static (ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Remainder) Parts(
        StoredObject item, ResourceKind kind, ReadOnlyMemory<byte> head, bool bare)
    {
        // Kind and version are the first two fields: the rest begins after the second comma.
        var json = kind.View is null ? item.Json : JsonSerializer.SerializeToUtf8Bytes(kind.View(item.Read()), Options);
        var first = json.Span.IndexOf((byte)',');
        var second = first + 1 + json.Span[(first + 1)..].IndexOf((byte)',');
        return (bare ? "{"u8.ToArray() : head, json[(second + 1)..]);
    }
}
