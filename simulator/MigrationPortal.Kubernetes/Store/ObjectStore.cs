namespace MigrationPortal.Kubernetes;

/// <summary>All objects of a cluster, and the one counter of its resource versions. Written by whoever holds
/// <see cref="Gate"/>; read by anybody.</summary>
internal sealed class ObjectStore
{
    private readonly Dictionary<(string Group, string Plural), ResourceStore> stores = [];
    private long version = 1;

    public Lock Gate { get; } = new();

    public long Version => Interlocked.Read(ref version);

    /// <summary>How many events each resource keeps for watches that come back.</summary>
    public int HistoryLimit { get; set; } = 10_000;

    public ResourceStore Of(ResourceKind kind)
    {
        lock (stores)
        {
            if (!stores.TryGetValue((kind.StoreGroup, kind.Plural), out var store))
            {
                stores[(kind.StoreGroup, kind.Plural)] = store = new ResourceStore(this);
            }

            return store;
        }
    }

    /// <summary>Of a custom resource whose definition has gone.</summary>
    public void Forget(ResourceKind kind)
    {
        lock (stores)
        {
            stores.Remove((kind.StoreGroup, kind.Plural));
        }
    }

    /// <summary>For the next write.</summary>
    public long Next() => Interlocked.Increment(ref version);

    /// <summary>Forgets the past: watches and pages that began before are answered 410.</summary>
    public void Compact() => ForEach(store => store.Compact());

    public void ForEach(Action<ResourceStore> action)
    {
        ResourceStore[] all;
        lock (stores)
        {
            all = [.. stores.Values];
        }

        Array.ForEach(all, action);
    }
}
