using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>Writes into each quota what the job pods of its namespace ask for, at most every quarter of a world minute.</summary>
internal sealed class QuotaKeeper(ClusterObjects objects, JobMirror jobs)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);
    private DateTimeOffset next;

    public void Write(DateTimeOffset now)
    {
        if (now < next)
        {
            return;
        }

        next = now + Pace;
        foreach (var quota in objects.List("resourcequotas").ToList())
        {
            var hard = quota.Map("spec", "hard") ?? [];
            var (pods, cpu, memory) = jobs.UsedIn(quota.Text("metadata", "namespace")!);
            var used = new JsonObject();
            foreach (var (key, value) in (ReadOnlySpan<(string, FormattableString)>)
                [("pods", $"{pods}"), ("requests.cpu", $"{cpu}m"), ("requests.memory", $"{memory}Mi")])
            {
                if (hard.ContainsKey(key))
                {
                    used[key] = FormattableString.Invariant(value);
                }
            }

            if (!JsonNode.DeepEquals(quota.At("status", "used"), used))
            {
                quota["status"] = new JsonObject { ["hard"] = hard.DeepClone(), ["used"] = used };
                objects.Play(quota);
            }
        }
    }
}
