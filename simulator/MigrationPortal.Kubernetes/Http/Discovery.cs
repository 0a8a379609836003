using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What the cluster serves, for clients that ask first.</summary>
internal sealed class Discovery(KindTable kinds)
{
    /// <summary>Null: the path is no discovery document.</summary>
    public JsonObject? Answer(string path) => path.Trim('/').Split('/') switch
    {
        ["version"] => Version(),
        ["api"] => new JsonObject
        {
            ["kind"] = "APIVersions",
            ["versions"] = new JsonArray("v1"),
            ["serverAddressByClientCIDRs"] = new JsonArray(),
        },
        ["apis"] => new JsonObject
        {
            ["kind"] = "APIGroupList",
            ["apiVersion"] = "v1",
            ["groups"] = new JsonArray([.. Groups().Select(JsonNode? (one) => Group(one, whole: false))]),
        },
        ["apis", var group] when Groups().Contains(group) => Group(group, whole: true),
        ["api", "v1"] => Resources("", "v1"),
        ["apis", var group, var version] when kinds.All.Any(one => one.Group == group && one.Version == version) => Resources(group, version),
        _ => null,
    };

    private static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "36",
        ["gitVersion"] = "v1.36.0",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2026-04-22T00:00:00Z",
        ["goVersion"] = "go1.26.0",
        ["compiler"] = "gc",
        ["platform"] = "linux/amd64",
    };

    private IEnumerable<string> Groups() => kinds.All.Select(one => one.Group).Where(one => one.Length > 0).Distinct(StringComparer.Ordinal);

    private JsonObject Group(string group, bool whole)
    {
        var versions = kinds.All.Where(one => one.Group == group).Select(one => one.Version).Distinct(StringComparer.Ordinal)
            .Select(version => new JsonObject { ["groupVersion"] = $"{group}/{version}", ["version"] = version }).ToArray();
        var answer = whole ? new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" } : [];
        answer["name"] = group;
        answer["versions"] = new JsonArray([.. versions]);
        answer["preferredVersion"] = versions[0].DeepClone();
        return answer;
    }

    private JsonObject Resources(string group, string version)
    {
        var resources = new JsonArray();
        foreach (var kind in kinds.All.Where(one => one.Group == group && one.Version == version))
        {
            resources.Add(Resource(kind, kind.Plural, kind.Kind, kind.Verbs, kind.ShortNames));
            if (kind.HasStatus)
            {
                resources.Add(Resource(kind, kind.Plural + "/status", kind.Kind, ["get", "patch", "update"], []));
            }

            if (kind.HasScale)
            {
                var scale = Resource(kind, kind.Plural + "/scale", "Scale", ["get", "patch", "update"], []);
                (scale["group"], scale["version"]) = ("autoscaling", "v1");
                resources.Add(scale);
            }

            if (kind is { Kind: "Pod", Group: "" })
            {
                resources.Add(Resource(kind, "pods/log", "Pod", ["get"], []));
            }
        }

        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = resources,
        };
    }

    private static JsonObject Resource(ResourceKind kind, string name, string shown, IReadOnlyList<string> verbs, IReadOnlyList<string> shortNames)
    {
        var resource = new JsonObject
        {
            ["name"] = name,
            ["singularName"] = name.Contains('/', StringComparison.Ordinal) ? "" : kind.Singular,
            ["namespaced"] = kind.Namespaced,
            ["kind"] = shown,
            ["verbs"] = new JsonArray([.. verbs.Select(JsonNode? (one) => JsonValue.Create(one))]),
        };
        if (shortNames.Count > 0)
        {
            resource["shortNames"] = new JsonArray([.. shortNames.Select(JsonNode? (one) => JsonValue.Create(one))]);
        }

        return resource;
    }
}
