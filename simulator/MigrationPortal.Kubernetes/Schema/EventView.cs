using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Events in the words of <c>events.k8s.io</c>: the core group's events under other names.</summary>
internal static class EventView
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["involvedObject"] = "regarding",
        ["message"] = "note",
        ["source"] = "deprecatedSource",
        ["firstTimestamp"] = "deprecatedFirstTimestamp",
        ["lastTimestamp"] = "deprecatedLastTimestamp",
        ["count"] = "deprecatedCount",
        ["reportingComponent"] = "reportingController",
    };

    public static JsonObject Of(JsonObject kept)
    {
        var shown = new JsonObject();
        foreach (var (name, value) in kept)
        {
            shown[Names.GetValueOrDefault(name, name)] = value?.DeepClone();
        }

        return shown;
    }

    /// <summary>What this selectable field is called where it is kept.</summary>
    public static string Kept(string field)
    {
        var first = field.Split('.')[0];
        var kept = Names.FirstOrDefault(one => one.Value == first).Key;
        return kept is null ? field : kept + field[first.Length..];
    }
}
