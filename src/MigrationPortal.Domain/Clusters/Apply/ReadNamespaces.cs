using System.Text.Json.Nodes;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Which namespaces of a rendering are not there. One that is there belongs to the cluster's own people: it is never written.</summary>
public sealed class ReadNamespaces(IClusterObjects objects)
{
    private const string Enforce = "pod-security.kubernetes.io/enforce";

    /// <returns>Those to make, with their Pod Security labels, and what is to be said of the others. Refuses <c>cluster-unavailable</c>.</returns>
    internal async Task<Outcome<(IReadOnlyList<Manifest> Missing, IReadOnlyList<ApplyFinding> Findings)>> OfAsync(long cluster, Rendering rendering, CancellationToken cancel)
    {
        var (missing, findings) = (new List<Manifest>(), new List<ApplyFinding>());
        foreach (var name in rendering.Objects.Select(one => one.Key.Namespace).OfType<string>().Append(rendering.ManagerNamespace).Append(rendering.JobNamespace).Distinct(StringComparer.Ordinal))
        {
            var wanted = Marked(rendering.Objects.FirstOrDefault(one => one.Key.Kind == "Namespace" && one.Key.Name == name)) ?? Made(name, name == rendering.JobNamespace ? rendering.PodSecurity : "restricted");
            switch (await objects.GetAsync(cluster, wanted.Key, cancel))
            {
                case ObjectAnswer.Unknown(var why, var again):
                    return Refusal.Of("cluster-unavailable", why) with { RetryAfter = again };
                case ObjectAnswer.Missing:
                    missing.Add(wanted);
                    break;
                case ObjectAnswer.Seen { Object: var live } when name == rendering.JobNamespace && live.Label(Enforce) != rendering.PodSecurity:
                    findings.Add(new ApplyFinding(FindingLevel.Warning, "pod-security", wanted.Key, $"The namespace {name} enforces {live.Label(Enforce) ?? "no Pod Security level"}, the configuration is meant for {rendering.PodSecurity}. The portal does not change a namespace that is there."));
                    break;
            }
        }

        return ((IReadOnlyList<Manifest>)missing, (IReadOnlyList<ApplyFinding>)findings);
    }

    private static Manifest? Marked(Manifest? manifest)
    {
        if (manifest is null) return null;
        var body = (JsonObject)manifest.Body.DeepClone();
        if (body["metadata"]!["labels"] is not JsonObject labels) body["metadata"]!["labels"] = labels = [];
        labels[Rendering.ManagedBy] = IClusterObjects.FieldManager;
        return manifest.With(body);
    }

    // What the jobs may do there, the cluster's own admission says from then on.
    private static Manifest Made(string name, string level) => ((Outcome<Manifest>.Done)Manifest.Of(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { [Enforce] = level, ["pod-security.kubernetes.io/warn"] = level, [Rendering.ManagedBy] = IClusterObjects.FieldManager } },
    })).Result;
}
