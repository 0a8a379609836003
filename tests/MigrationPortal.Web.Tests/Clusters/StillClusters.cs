using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Clusters;

/// <summary>Clusters and what is seen of them, as a test sets them.</summary>
internal sealed class StillClusters : IClusterStore, IClusterHealthStore, IPreflightStore, IClusterLive, IClusterGateway, IAuditTrail, IDisposable
{
    public List<Cluster> Stored { get; } = [];

    public Dictionary<long, ClusterHealth> Health { get; } = [];

    public Dictionary<long, PreflightReport> Reports { get; } = [];

    public Dictionary<long, ClusterView> Views { get; } = [];

    public List<JobPod> Pods { get; } = [];

    public ClusterProbe Answer { get; set; } = new("v1.36.0", "portal", null);

    public ClusterAccess? Written { get; private set; }

    public List<string> Audited { get; } = [];

    /// <summary>Held back until it completes.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    public static Cluster Named(string name, long id = 1) => new(
        id, name, PageServices.Production, new ConnectionFacts(ConnectionKind.Token, "10.0.0.1:6443", null, "portal", "token", "abcd", KitContext.Now.AddDays(10)), ["ci-jobs"], "gitlab-runner", [12], 1);

    public static ClusterView Watching(long cluster, int pending, int running, ClusterLook? look = null, params (WaitKind Kind, int Count)[] waits) => new(
        cluster, new WatchFreshness(WatchState.Watching, KitContext.Now.AddSeconds(-3), KitContext.Now.AddHours(-1)),
        new PodCounts(pending, running, 0, waits.ToDictionary(one => one.Kind, one => one.Count), new Dictionary<string, int> { ["t1_aBcDeF"] = running }), new Dictionary<string, NodeUse>(), look);

    public async Task<IReadOnlyList<Cluster>> ListAsync(InstanceId? instance, CancellationToken cancel)
    {
        await Reading;
        return Stored;
    }

    public Task<Cluster?> FindAsync(long id, CancellationToken cancel) => Task.FromResult(Stored.Find(one => one.Id == id));

    public Task<ClusterAccess?> AccessAsync(long id, CancellationToken cancel) => Task.FromResult<ClusterAccess?>(new ClusterAccess.InCluster());

    public Task<Cluster?> AddAsync(Cluster cluster, ClusterAccess access, CancellationToken cancel)
    {
        Written = access;
        Stored.Add(cluster with { Id = 7, Version = 1 });
        return Task.FromResult<Cluster?>(Stored[^1]);
    }

    public Task<Cluster?> SaveAsync(Cluster cluster, ClusterAccess? access, CancellationToken cancel)
    {
        Written = access;
        Stored[Stored.FindIndex(one => one.Id == cluster.Id)] = cluster with { Version = cluster.Version + 1 };
        return Task.FromResult<Cluster?>(cluster);
    }

    public Task<IReadOnlyList<string>> WorkAsync(long id, CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<bool> RemoveAsync(long id, CancellationToken cancel) => Task.FromResult(Stored.RemoveAll(one => one.Id == id) > 0);

    public Task<IReadOnlyDictionary<long, ClusterHealth>> AllAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<long, ClusterHealth>>(Health);

    public Task SaveAsync(ClusterHealth health, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyDictionary<long, MissingCounts>> CountsAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<long, MissingCounts>>(Reports.ToDictionary(one => one.Key, one => one.Value.Counts));

    public Task<PreflightReport?> LastAsync(long cluster, CancellationToken cancel) => Task.FromResult(Reports.GetValueOrDefault(cluster));

    public Task SaveAsync(long cluster, PreflightReport report, CancellationToken cancel)
    {
        Reports[cluster] = report;
        return Task.CompletedTask;
    }

    public ClusterView? Find(long cluster) => Views.GetValueOrDefault(cluster);

    public IReadOnlyList<JobPod> Page(long cluster, PodFilter filter, (string Namespace, string Name)? after, int limit) => [.. Pods.Where(filter.Takes).Take(limit)];

    public IReadOnlyList<JobPod> InOrderOfNeed(long cluster, PodFilter filter, int limit) => [.. Pods.Where(filter.Takes).Take(limit)];

    public IDisposable Subscribe(long? cluster, TimeSpan pause, Func<Task> changed) => this;

    public Task<ClusterProbe> ProbeAsync(ClusterAccess access, CancellationToken cancel) => Task.FromResult(Answer);

    public Task<IReadOnlyList<PermissionAnswer>> ReviewAsync(ClusterAccess access, IReadOnlyList<Permission> permissions, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PermissionAnswer>>([.. permissions.Select(one => new PermissionAnswer(one, one.Resource == "pods"))]);

    public Task<bool?> HasOperatorAsync(ClusterAccess access, CancellationToken cancel) => Task.FromResult<bool?>(false);

    public Task AppendAsync(AuditEntry entry, CancellationToken cancel) => throw new NotSupportedException();

    public async Task<T> ChangeAsync<T>(Func<Task<(T Result, AuditEntry? Entry)>> change, CancellationToken cancel)
    {
        var (result, entry) = await change();
        if (entry is not null) Audited.Add(entry.What);
        return result;
    }

    public Task<IReadOnlyList<AuditRecord>> NewestAsync(int limit, long? before, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> HasAsync(InstanceId instance, string what, string subject, CancellationToken cancel) => throw new NotSupportedException();

    public Task<AuditVerdict> VerifyAsync(CancellationToken cancel) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
