using System.Text.Json.Nodes;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

// As a process that ends, it is nobody's to catch.
internal sealed class ProcessDiedException() : OperationCanceledException("The process died here.");

/// <summary>Ends the process at the nth thing that it does to the world: before it, or after it was done and before anybody heard.</summary>
internal sealed class Death(int at, bool after)
{
    private int _done;

    public bool Happened { get; private set; }

    public async Task<T> DoAsync<T>(Func<Task<T>> work)
    {
        var mine = Interlocked.Increment(ref _done) == at;
        if (mine && !after) throw Die();
        var result = await work();
        return mine ? throw Die() : result;
    }

    private ProcessDiedException Die()
    {
        Happened = true;
        return new ProcessDiedException();
    }
}

/// <summary>A cluster whose writes may be the last thing that a process does.</summary>
internal sealed class DyingObjects(IClusterObjects inner, Death death) : IClusterObjects
{
    public Task<ObjectAnswer> ApplyAsync(long cluster, ObjectKey key, JsonObject body, bool force, bool dryRun, CancellationToken cancel) =>
        dryRun ? inner.ApplyAsync(cluster, key, body, force, dryRun, cancel) : death.DoAsync(() => inner.ApplyAsync(cluster, key, body, force, dryRun, cancel));

    public Task<ObjectAnswer> GetAsync(long cluster, ObjectKey key, CancellationToken cancel) => inner.GetAsync(cluster, key, cancel);

    public Task<ObjectAnswer> DeleteAsync(long cluster, ObjectKey key, string uid, CancellationToken cancel) => death.DoAsync(() => inner.DeleteAsync(cluster, key, uid, cancel));

    public Task<IReadOnlyList<ObjectAnswer>> ListAsync(long cluster, ObjectKey like, string selector, CancellationToken cancel) => inner.ListAsync(cluster, like, selector, cancel);
}

/// <summary>A store whose writes may be the last thing that a process does.</summary>
internal sealed class DyingApplications(IApplicationStore inner, Death death) : IApplicationStore
{
    public Task<Application?> AddAsync(Application application, CancellationToken cancel) => inner.AddAsync(application, cancel);

    public Task<Application?> SaveAsync(Application application, CancellationToken cancel) => death.DoAsync(() => inner.SaveAsync(application, cancel));

    public Task<Application?> FindAsync(long cluster, long id, CancellationToken cancel) => inner.FindAsync(cluster, id, cancel);

    public Task<Application?> ActiveAsync(long cluster, CancellationToken cancel) => inner.ActiveAsync(cluster, cancel);

    public Task<IReadOnlyList<Application>> OpenAsync(InstanceId instance, CancellationToken cancel) => inner.OpenAsync(instance, cancel);

    public Task<Application?> LastGoodAsync(long cluster, long configuration, CancellationToken cancel) => inner.LastGoodAsync(cluster, configuration, cancel);

    public Task<IReadOnlyList<Application>> GoodAsync(InstanceId instance, CancellationToken cancel) => inner.GoodAsync(instance, cancel);

    public Task<IReadOnlyList<Application>> ListAsync(long? cluster, long? configuration, int limit, long? before, CancellationToken cancel) => inner.ListAsync(cluster, configuration, limit, before, cancel);
}
