using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Writes into quotas what is used of them.</summary>
internal sealed class QuotaController(ControllerWrites writes)
{
    public void Run()
    {
        foreach (var quota in writes.All("resourcequotas"))
        {
            var hard = quota.Read().Map("spec", "hard") ?? [];
            var used = new JsonObject(hard.Select(one =>
                KeyValuePair.Create(one.Key, (JsonNode?)Quotas.Shown(one.Key, Quotas.Used(writes.Store, quota.Namespace!, one.Key)))));
            writes.SetStatus(quota, KindTable.BuiltInOf("resourcequotas"),
                new JsonObject { ["hard"] = hard.DeepClone(), ["used"] = used }, "kube-controller-manager");
        }
    }
}
