using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Where the next page begins.</summary>
/// <param name="Version">Of the list as a whole; -1: go on with what is there now.</param>
/// <param name="Start">The first key of the page.</param>
internal sealed record ContinueToken(long Version, string Start)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = Version, ["start"] = Start }.ToJsonString()));

    /// <exception cref="StatusException">400: not a token of ours.</exception>
    public static ContinueToken Parse(string text)
    {
        try
        {
            var json = JsonNode.Parse(Base64Url.DecodeFromChars(text));
            return new ContinueToken(json.Whole("rv")!.Value, json.Text("start")!);
        }
        catch (Exception wrong) when (wrong is FormatException or System.Text.Json.JsonException or InvalidOperationException)
        {
            throw StatusException.BadRequest($"continue key is not valid: {wrong.Message}");
        }
    }
}
