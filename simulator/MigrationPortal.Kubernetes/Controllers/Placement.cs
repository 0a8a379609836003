using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>The scheduler: which node has room for a pod, or why none has.</summary>
internal sealed class Placement
{
    private readonly Node[] nodes;

    public Placement(IEnumerable<JsonObject> nodes, IEnumerable<JsonObject> placedPods)
    {
        this.nodes = [.. nodes.Select(one => new Node(one))];
        foreach (var pod in placedPods)
        {
            Array.Find(this.nodes, one => one.Name == pod.Text("spec", "nodeName"))?.Take(pod);
        }
    }

    /// <summary>The node, which from now on counts this pod; or the scheduler's message.</summary>
    public (string? Node, string Message) Place(JsonObject pod)
    {
        var reasons = nodes.Select(node => (Node: node, Why: node.Refusal(pod))).ToArray();
        if (reasons.FirstOrDefault(one => one.Why is null).Node is { } free)
        {
            free.Take(pod);
            return (free.Name, "");
        }

        if (nodes.Length == 0)
        {
            return (null, "no nodes available to schedule pods");
        }

        var told = reasons.GroupBy(one => one.Why!).OrderBy(some => some.Key, StringComparer.Ordinal).Select(some => $"{some.Count()} {some.Key}");
        return (null, $"0/{nodes.Length} nodes are available: {string.Join(", ", told)}.");
    }

    private sealed class Node(JsonObject item)
    {
        private static readonly string[] Measured = ["cpu", "memory", "ephemeral-storage"];
        private readonly Dictionary<string, decimal> taken = new(StringComparer.Ordinal);
        private int pods;

        public string Name { get; } = item.Text("metadata", "name") ?? "";

        public void Take(JsonObject pod)
        {
            pods++;
            foreach (var name in Measured)
            {
                taken[name] = taken.GetValueOrDefault(name) + Asked(pod, name);
            }
        }

        public string? Refusal(JsonObject pod)
        {
            var labels = item.Map("metadata", "labels");
            var allocatable = item.Map("status", "allocatable");
            if (item.Map("spec").Flag("unschedulable") == true)
            {
                return "node(s) were unschedulable";
            }

            if (item.Items("spec", "taints").FirstOrDefault(taint => taint.Text("effect") is "NoSchedule" or "NoExecute" && !Tolerates(pod, taint)) is { } bad)
            {
                return $"node(s) had untolerated taint {{{bad.Text("key")}: {bad.Text("value")}}}";
            }

            if ((pod.Map("spec", "nodeSelector") ?? []).Any(one => labels?[one.Key]?.ToString() != one.Value?.ToString()))
            {
                return "node(s) didn't match Pod's node affinity/selector";
            }

            if (allocatable?["pods"] is { } most && pods + 1 > Quantity.Parse(most.ToString()))
            {
                return "Too many pods";
            }

            return Array.Find(Measured, name => Asked(pod, name) > 0
                && allocatable?[name]?.ToString() is { } room && taken.GetValueOrDefault(name) + Asked(pod, name) > Quantity.Parse(room)) is { } lacking
                ? $"Insufficient {lacking}"
                : null;
        }

        private static bool Tolerates(JsonObject pod, JsonObject taint) => pod.Items("spec", "tolerations").Any(one =>
            (one.Text("key") is null or "" || one.Text("key") == taint.Text("key"))
            && (one.Text("operator") == "Exists" || (one.Text("value") ?? "") == (taint.Text("value") ?? ""))
            && (one.Text("effect") is null or "" || one.Text("effect") == taint.Text("effect")));

        private static decimal Asked(JsonObject pod, string name) =>
            pod.Items("spec", "containers").Sum(one => Quantity.Parse(one.Map("resources", "requests")?[name]?.ToString()));
    }
}
