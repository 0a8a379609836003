using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.RunnerConfig.Configurations;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>Reads where the revisions of a configuration are.</summary>
public sealed class ReadRollout(IConfigStore configurations, IClusterStore clusters, IApplicationStore applications, IDriftStore drifts, IVerificationStore verifications, IPromotionStore promotions, InstanceDirectory instances)
{
    private const int Most = 50;

    public async Task<RolloutState> RunAsync(long configuration, CancellationToken cancel)
    {
        var seen = await drifts.ListAsync(null, configuration, cancel);
        var places = new List<RolloutPlace>();
        foreach (var one in await clusters.ListAsync(null, cancel))
        {
            var newest = (await applications.ListAsync(one.Id, configuration, Most, null, cancel)).FirstOrDefault(applied => applied.State != ApplicationState.RolledBack);
            places.Add(new RolloutPlace(one, instances.Find(one.Instance)?.Kind == InstanceKind.Qa, newest, seen.FirstOrDefault(drift => drift.Cluster == one.Id)));
        }

        return new RolloutState(
            await configurations.RevisionsAsync(configuration, Most, null, cancel), [.. places.OrderBy(one => !one.IsQa).ThenBy(one => one.Cluster.Name, StringComparer.Ordinal)],
            await verifications.OfAsync(configuration, Most, null, cancel), await promotions.OfAsync(configuration, Most, null, cancel));
    }
}
