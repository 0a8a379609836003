using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Rights;

/// <summary>Asks a cluster what the portal may do in it. Changes nothing there.</summary>
public sealed class RunPreflight(IClusterStore clusters, IClusterGateway gateway, IPreflightStore reports, IPortalEvents events, TimeProvider time)
{
    /// <summary>Refuses <c>unknown-cluster</c> and <c>cluster-unavailable</c>.</summary>
    public async Task<Outcome<PreflightReport>> RunAsync(long id, CancellationToken cancel)
    {
        if (await clusters.FindAsync(id, cancel) is not { } cluster) return ChangeCluster.Unknown(id);
        try
        {
            if (await clusters.AccessAsync(id, cancel) is not { } access) return ChangeCluster.Unknown(id);
            var probe = await gateway.ProbeAsync(access, cancel);
            if (probe.Trouble is { } trouble) return Unavailable(cluster, trouble.Sentence);
            var report = new PreflightReport(
                time.GetUtcNow(), probe.Version ?? "not known", probe.User,
                await gateway.HasOperatorAsync(access, cancel), await gateway.ReviewAsync(access, NeededPermissions.Of(cluster), cancel));
            await reports.SaveAsync(id, report, cancel);
            await events.PublishAsync(new PortalEvent(PortalTopic.Clusters, cluster.Instance, id), cancel);
            return report;
        }
        catch (ClusterUnavailableException fault)
        {
            return Unavailable(cluster, fault.Message) with { RetryAfter = fault.RetryAfter };
        }
        catch (AccessLostException fault)
        {
            return Unavailable(cluster, fault.Message);
        }
    }

    private static Refusal Unavailable(Cluster cluster, string why) => Refusal.Of("cluster-unavailable", $"Cluster {cluster.Name} could not be asked: {why}");
}
