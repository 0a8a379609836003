using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>Asks a cluster before anything is lent whether everything may be taken away again, which no dry run tells.</summary>
public sealed class SurgeRights(IClusterStore clusters, IClusterGateway gateway)
{
    private static readonly string[] Verbs = ["get", "create", "patch", "delete"];

    /// <returns>Null: nothing is missing. Refuses <c>rights-missing</c>, <c>unknown-cluster</c> and <c>cluster-unavailable</c>.</returns>
    internal async Task<Refusal?> MissingAsync(LentRunner lent, CancellationToken cancel)
    {
        if (await clusters.AccessAsync(lent.Cluster, cancel) is not { } access) return Refusal.Of("unknown-cluster", $"There is no cluster {lent.Cluster}.");
        // None of the kinds that a surge applies has an irregular plural.
        var wanted = lent.Objects.Select(one => one.Key).Append(new ObjectKey("v1", "Secret", lent.Place.Namespace, lent.Place.Name))
            .SelectMany(key => Verbs.Select(verb => new Permission(PermissionUse.Apply, key.ApiVersion.Split('/') is [var group, _] ? group : "", $"{key.Kind.ToLowerInvariant()}s", verb, key.Namespace))).Distinct()
            .Append(new Permission(PermissionUse.View, "", "pods", "list", lent.Place.Namespace));
        try
        {
            List<string> missing = [.. (await gateway.ReviewAsync(access, [.. wanted], cancel)).Where(one => !one.IsGranted).Select(one => $"{lent.ClusterName}: the portal may not {one.Permission}.")];
            return missing.Count > 0 ? new Refusal("rights-missing", missing) : null;
        }
        catch (ClusterUnavailableException fault)
        {
            return Refusal.Of("cluster-unavailable", $"{lent.ClusterName}: {fault.Message}") with { RetryAfter = fault.RetryAfter };
        }
    }
}
