using System.Collections.Immutable;

namespace MigrationPortal.Kubernetes;

/// <summary>The objects of one resource, the events that led to them, and who watches.</summary>
internal sealed class ResourceStore(ObjectStore owner)
{
    private const int SnapshotLimit = 64;
    private static readonly Comparer<StoredObject> ByKey =
        Comparer<StoredObject>.Create((one, other) => string.CompareOrdinal(one.Key, other.Key));

    private readonly Lock gate = new();
    private readonly Queue<WatchEvent> history = new();
    private readonly List<Watcher> watchers = [];
    private readonly SortedDictionary<long, ImmutableSortedSet<StoredObject>> snapshots = [];
    private ImmutableSortedSet<StoredObject> items = ImmutableSortedSet<StoredObject>.Empty.WithComparer(ByKey);
    private long forgotten;

    /// <summary>As they are at this moment; never changes.</summary>
    public ImmutableSortedSet<StoredObject> Items => Volatile.Read(ref items);

    public int Watchers
    {
        get
        {
            lock (gate)
            {
                return watchers.Count;
            }
        }
    }

    public StoredObject? Find(string key) =>
        Items.TryGetValue(StoredObject.Probe(key), out var found) && found.Version > 0 ? found : null;

    /// <summary>The first index at or after this key.</summary>
    public static int IndexOf(ImmutableSortedSet<StoredObject> set, string key)
    {
        var index = set.IndexOf(StoredObject.Probe(key));
        return index < 0 ? ~index : index;
    }

    /// <summary>Caller holds the gate of the whole store.</summary>
    public void Put(StoredObject item)
    {
        var before = Find(item.Key);
        Volatile.Write(ref items, (before is null ? Items : Items.Remove(before)).Add(item));
        Tell(new WatchEvent(before is null ? WatchEvent.Added : WatchEvent.Modified, item, before, item.Version));
    }

    /// <param name="last">As the object was when it went, with the version of its going.</param>
    public void Remove(StoredObject last)
    {
        var before = Find(last.Key);
        Volatile.Write(ref items, Items.Remove(last));
        Tell(new WatchEvent(WatchEvent.Deleted, last, before, last.Version));
    }

    /// <summary>Keeps this state for pages still to come.</summary>
    public void Keep(long version, ImmutableSortedSet<StoredObject> state)
    {
        lock (gate)
        {
            snapshots[version] = state;
            if (snapshots.Count > SnapshotLimit)
            {
                snapshots.Remove(snapshots.Keys.First());
            }
        }
    }

    public ImmutableSortedSet<StoredObject>? Snapshot(long version)
    {
        lock (gate)
        {
            return snapshots.GetValueOrDefault(version);
        }
    }

    public void ForgetSnapshots()
    {
        lock (gate)
        {
            snapshots.Clear();
        }
    }

    public void Compact()
    {
        lock (gate)
        {
            history.Clear();
            snapshots.Clear();
            forgotten = owner.Version;
        }
    }

    /// <summary>A watcher of all after this version.</summary>
    /// <param name="initial">First what is there now, instead of what came after a version.</param>
    /// <exception cref="StatusException">410: what came after is no longer known.</exception>
    public Watcher Watch(long since, bool initial)
    {
        lock (owner.Gate)
            lock (gate)
            {
                if (!initial && since < forgotten)
                {
                    throw StatusException.Expired($"too old resource version: {since} ({forgotten})");
                }

                var watcher = new Watcher(owner.Version);
                foreach (var past in initial ? Items.Select(item => new WatchEvent(WatchEvent.Added, item, null, item.Version)) : history.Where(one => one.Version > since))
                {
                    watcher.Tell(past);
                }

                watchers.Add(watcher);
                return watcher;
            }
    }

    public void Leave(Watcher watcher)
    {
        lock (gate)
        {
            watchers.Remove(watcher);
        }
    }

    public void ForEachWatcher(Action<Watcher> action)
    {
        lock (gate)
        {
            watchers.ForEach(action);
        }
    }

    private void Tell(WatchEvent happened)
    {
        lock (gate)
        {
            history.Enqueue(happened);
            while (history.Count > owner.HistoryLimit)
            {
                forgotten = history.Dequeue().Version;
            }

            foreach (var watcher in watchers)
            {
                watcher.Tell(happened);
            }
        }
    }
}
