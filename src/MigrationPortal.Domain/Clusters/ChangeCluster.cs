using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters;

/// <summary>Adds, changes and removes clusters. A way in is tried before it is stored. The audit trail holds no secret.</summary>
public sealed class ChangeCluster(IClusterStore clusters, IClusterGateway gateway, ClusterRules rules, IAuditTrail audit, IPortalEvents events, TimeProvider time)
{
    /// <summary>Refuses <c>invalid-cluster</c>, <c>name-taken</c> and, unless it is wished unchecked, <c>cluster-unavailable</c>.</summary>
    public async Task<Outcome<Cluster>> AddAsync(InstanceId instance, ClusterWish wish, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (Invalid(wish, isNew: true) is { } no) return no;
        if (await UntriedAsync(wish, cancel) is { } trouble) return trouble;
        var fresh = Filled(new Cluster(0, "", instance, ConnectionFacts.Of(wish.Access!), [], "", [], 0), wish);
        var added = await audit.ChangeAsync<Cluster?>(
            async () =>
            {
                var made = await clusters.AddAsync(fresh, wish.Access!, cancel);
                return (made, made is null ? null : Entry("cluster.add", made, who, null, Shown(made, true)));
            },
            cancel);
        if (added is null) return Taken(instance, wish.Name);
        await events.PublishAsync(new PortalEvent(PortalTopic.Clusters, instance, added.Id), cancel);
        return added;
    }

    /// <summary>Refuses <c>unknown-cluster</c>, <c>invalid-cluster</c>, <c>name-taken</c>, <c>changed-meanwhile</c> and, unless it is wished unchecked, <c>cluster-unavailable</c>.</summary>
    /// <param name="version">That the wish was made from; null: whatever it is now.</param>
    public async Task<Outcome<Cluster>> SaveAsync(long id, ClusterWish wish, long? version, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (await clusters.FindAsync(id, cancel) is not { } before) return Unknown(id);
        if (version is { } read && read != before.Version) return Meanwhile(before.Name, wish.Name);
        if (Invalid(wish, isNew: false) is { } no) return no;
        if (wish.Access is not null && await UntriedAsync(wish, cancel) is { } trouble) return trouble;
        var after = Filled(wish.Access is null ? before : before with { Connection = ConnectionFacts.Of(wish.Access) }, wish);
        var saved = await audit.ChangeAsync<Cluster?>(
            async () =>
            {
                var now = await clusters.SaveAsync(after, wish.Access, cancel);
                return (now, now is null ? null : Entry("cluster.change", now, who, Shown(before, false), Shown(now, wish.Access is not null)));
            },
            cancel);
        if (saved is null) return (await clusters.ListAsync(before.Instance, cancel)).Any(one => one.Id != id && one.Name == wish.Name) ? Taken(before.Instance, wish.Name) : Meanwhile(before.Name, wish.Name);
        await events.PublishAsync(new PortalEvent(PortalTopic.Clusters, before.Instance, id), cancel);
        return saved;
    }

    /// <summary>The portal forgets it; nothing in the cluster is touched. Refuses <c>unknown-cluster</c> and, with what is under way there, <c>cluster-in-use</c>.</summary>
    public async Task<Outcome<long>> RemoveAsync(long id, Actor who, CancellationToken cancel)
    {
        if (await clusters.FindAsync(id, cancel) is not { } before) return Unknown(id);
        var refused = await audit.ChangeAsync<Refusal?>(
            async () =>
            {
                if (await clusters.WorkAsync(id, cancel) is { Count: > 0 } work) return (new Refusal("cluster-in-use", [.. work.Select(one => $"In {before.Name}, {one} is under way: wait for its end, or take it back.")]), null);
                return await clusters.RemoveAsync(id, cancel) ? (null, Entry("cluster.remove", before, who, Shown(before, false), null)) : (Unknown(id), null);
            },
            cancel);
        if (refused is not null) return refused;
        await events.PublishAsync(new PortalEvent(PortalTopic.Clusters, before.Instance, id), cancel);
        return id;
    }

    private static Refusal Taken(InstanceId instance, string name) => Refusal.Of("name-taken", $"A cluster of {instance} is named {name} already: choose another name.");

    private static Refusal Meanwhile(string before, string name) => Refusal.Of("changed-meanwhile", $"Cluster {before}{(before == name ? "" : $" (to be {name})")} was changed or removed by somebody else: read it again.");

    internal static Refusal Unknown(long id) => Refusal.Of("unknown-cluster", $"There is no cluster {id}.");

    private static Cluster Filled(Cluster cluster, ClusterWish wish) => cluster with
    {
        Name = wish.Name,
        JobNamespaces = [.. wish.JobNamespaces.Distinct(StringComparer.Ordinal)],
        ManagerNamespace = wish.ManagerNamespace,
        RunnerIds = [.. wish.RunnerIds.Distinct().Order()],
    };

    private Refusal? Invalid(ClusterWish wish, bool isNew) =>
        wish.Problems(isNew, rules).Select(one => $"{one.Field}: {one.Sentence}").ToArray() is { Length: > 0 } problems ? Refusal.Of("invalid-cluster", problems) : null;

    private async Task<Refusal?> UntriedAsync(ClusterWish wish, CancellationToken cancel) =>
        !wish.IsUnchecked && (await gateway.ProbeAsync(wish.Access!, cancel)).Trouble is { } trouble
            ? Refusal.Of("cluster-unavailable", trouble.Sentence, "Nothing is stored. Mend that, or store it unchecked (\"unchecked\": true) when the cluster is down.")
            : null;

    private AuditEntry Entry(string what, Cluster cluster, Actor who, string? before, string? after) =>
        new(time.GetUtcNow(), cluster.Instance, who, what, $"cluster/{cluster.Id}", null, before, after);

    private static string Shown(Cluster cluster, bool accessChanged) => JsonSerializer.Serialize(new
    {
        cluster.Name,
        Kind = cluster.Connection.Kind.ToString(),
        cluster.Connection.Server,
        cluster.Connection.Context,
        cluster.Connection.CaFingerprint,
        AccessChanged = accessChanged,
        cluster.JobNamespaces,
        cluster.ManagerNamespace,
        cluster.RunnerIds,
    });
}
