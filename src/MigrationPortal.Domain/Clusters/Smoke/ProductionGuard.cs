using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Nothing unverified reaches a cluster of a production instance, unless somebody vouches for it by name.</summary>
public sealed class ProductionGuard(InstanceDirectory instances, IVerificationStore verifications, IApplicationStore applications)
{
    /// <summary>The field that vouches for it.</summary>
    public const string Override = "overrideUnverified";

    private const int Looked = 100;

    /// <returns>The verification that proves a revision: its newest one with a verdict, when that passed. Null: it is not verified.</returns>
    public async Task<Verification?> EvidenceAsync(long configuration, int revision, CancellationToken cancel) =>
        await verifications.JudgedAsync(configuration, revision, cancel) is { Proves: true } found ? found : null;

    /// <returns>Null: it may go there. Else <c>unverified</c>. What was healthy in this very cluster before may return to it.</returns>
    public async Task<Refusal?> WhyNotAsync(Cluster cluster, long configuration, int revision, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        // An instance that is not configured any more counts as production: nobody can say that it is not.
        if (instances.Find(cluster.Instance)?.Kind == InstanceKind.Qa) return null;
        var newest = await verifications.JudgedAsync(configuration, revision, cancel);
        if (newest is { Proves: true }) return null;
        if ((await applications.ListAsync(cluster.Id, configuration, Looked, null, cancel)).Any(one => one.Revision == revision && one.State == ApplicationState.Healthy)) return null;
        return Refusal.Of("unverified", newest is null
            ? $"Revision {revision} was not verified: apply it in a QA cluster and verify it there first, or say in {Override} why it goes to {cluster.Name} all the same."
            : $"Revision {revision} did not pass its newest verification ({newest.Id}): correct it and verify again, or say in {Override} why it goes to {cluster.Name} all the same.") with
        { Overrides = [Override] };
    }
}
