using System.Runtime.InteropServices;

namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>
/// The job pods of one cluster as they are known now. A change costs what changed: the tree is searched once and the
/// counts are kept, whatever the number of pods. Safe for one writer and many readers.
/// </summary>
public sealed class PodBook
{
    // Names that come again with every pod are kept once.
    private const int MostNames = 20_000;

    private readonly Lock _lock = new();
    private readonly SortedSet<JobPod> _pods = new(new ByName());
    private readonly SortedSet<JobPod> _byNeed = new(new ByNeed());
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<WaitKind, int> _waits = [];
    private readonly Dictionary<string, int> _runners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeUse> _nodes = new(StringComparer.Ordinal);
    private readonly int[] _phases = new int[Enum.GetValues<PodPhase>().Length];

    /// <summary>Grows with every change.</summary>
    public long Revision { get; private set; }

    public int Count
    {
        get
        {
            lock (_lock) return _pods.Count;
        }
    }

    public void Put(JobPod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        lock (_lock)
        {
            var kept = pod with
            {
                Namespace = Once(pod.Namespace),
                ProjectPath = Once(pod.ProjectPath),
                Runner = Once(pod.Runner),
                Node = pod.Node is null ? null : Once(pod.Node),
                Waits = pod.Waits is { Message: { } message } wait ? wait with { Message = Once(message) } : pod.Waits,
            };
            if (_pods.TryGetValue(kept, out var before))
            {
                if (before == kept) return;
                Remove(before);
            }

            Add(kept);
            Revision++;
        }
    }

    /// <summary>What was learnt of a pod beside the watch; nothing when the watch has seen it change since.</summary>
    public void Replace(JobPod before, JobPod after)
    {
        ArgumentNullException.ThrowIfNull(before);
        lock (_lock)
        {
            if (_pods.TryGetValue(before, out var now) && now == before) Put(after);
        }
    }

    public void Drop(string space, string name)
    {
        lock (_lock)
        {
            if (!_pods.TryGetValue(Key(space, name), out var pod)) return;
            Remove(pod);
            Revision++;
        }
    }

    /// <summary>After a whole list: what of the namespace was not in it is gone.</summary>
    public void KeepOnly(string space, IReadOnlySet<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        lock (_lock)
        {
            foreach (var gone in Of(space).Where(one => !names.Contains(one.Name)).ToList()) Remove(gone);
            Revision++;
        }
    }

    /// <summary>A namespace that is not looked at any more.</summary>
    public void Forget(string space) => KeepOnly(space, new HashSet<string>());

    public JobPod? Find(string space, string name)
    {
        lock (_lock) return _pods.TryGetValue(Key(space, name), out var pod) ? pod : null;
    }

    /// <summary>In the order of namespace and name.</summary>
    /// <param name="after">Namespace and name of the last one of the page before; null: from the beginning.</param>
    public IReadOnlyList<JobPod> Page(PodFilter filter, (string Namespace, string Name)? after, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        lock (_lock)
        {
            if (_pods.Count == 0) return [];
            var from = after is { } last ? Key(last.Namespace, last.Name) : _pods.Min!;
            if (_pods.Comparer.Compare(from, _pods.Max!) > 0) return [];
            return [.. _pods.GetViewBetween(from, _pods.Max!).Where(one => (after is null || _pods.Comparer.Compare(one, from) > 0) && filter.Takes(one)).Take(limit)];
        }
    }

    /// <summary>For a page: waiting ones first, then the running, the longest first. Kept in that order, so that a page costs what it shows.</summary>
    public IReadOnlyList<JobPod> InOrderOfNeed(PodFilter filter, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        lock (_lock) return [.. _byNeed.Where(filter.Takes).Take(limit)];
    }

    public PodCounts Counts()
    {
        lock (_lock)
            return new PodCounts(
                _phases[(int)PodPhase.Pending], _phases[(int)PodPhase.Running], _pods.Count - _phases[(int)PodPhase.Pending] - _phases[(int)PodPhase.Running],
                new Dictionary<WaitKind, int>(_waits), new Dictionary<string, int>(_runners, StringComparer.Ordinal));
    }

    /// <summary>What job pods that are not done ask of each node.</summary>
    public IReadOnlyDictionary<string, NodeUse> Nodes()
    {
        lock (_lock) return new Dictionary<string, NodeUse>(_nodes, StringComparer.Ordinal);
    }

    /// <summary>What pods that are being created wait for: of these an event may say more.</summary>
    public IReadOnlyList<JobPod> Creating(DateTimeOffset before)
    {
        lock (_lock)
        {
            if (_waits.GetValueOrDefault(WaitKind.ContainerCreating) + _waits.GetValueOrDefault(WaitKind.Initializing) == 0) return [];
            return [.. _pods.Where(one => one.Waits?.Kind is WaitKind.ContainerCreating or WaitKind.Initializing && one.CreatedAt < before)];
        }
    }

    private IEnumerable<JobPod> Of(string space) =>
        _pods.Count == 0 || _pods.Comparer.Compare(Key(space, ""), _pods.Max!) > 0 ? [] : _pods.GetViewBetween(Key(space, ""), _pods.Max!).TakeWhile(one => one.Namespace == space);

    private void Add(JobPod pod)
    {
        _pods.Add(pod);
        _byNeed.Add(pod);
        Note(pod, 1);
    }

    private void Remove(JobPod pod)
    {
        _pods.Remove(pod);
        _byNeed.Remove(pod);
        Note(pod, -1);
    }

    private void Note(JobPod pod, int by)
    {
        _phases[(int)pod.Phase] += by;
        if (pod.Waits is { } wait) Change(_waits, wait.Kind, by);
        if (!pod.IsActive) return;
        Change(_runners, pod.Runner, by);
        if (pod.Node is not { } node) return;
        ref var use = ref CollectionsMarshal.GetValueRefOrAddDefault(_nodes, node, out _);
        use = new NodeUse(use.Pods + by, use.CpuMillis + (by * pod.CpuMillis), use.MemoryBytes + (by * pod.MemoryBytes));
        if (use.Pods == 0) _nodes.Remove(node);
    }

    private static void Change<TKey>(Dictionary<TKey, int> counts, TKey key, int by) where TKey : notnull
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
        count += by;
        if (count == 0) counts.Remove(key);
    }

    private string Once(string name)
    {
        if (_names.TryGetValue(name, out var known)) return known;
        if (_names.Count >= MostNames) _names.Clear();
        return _names[name] = name;
    }

    private static int Rank(JobPod pod) => pod.Phase switch
    {
        PodPhase.Pending or PodPhase.Unknown => 0,
        PodPhase.Running => pod.Waits is null ? 2 : 1,
        _ => 3,
    };

    private static JobPod Key(string space, string name) => new(space, name, 0, 0, "", "", default, null, null, 0, 0, default, null);

    private sealed class ByName : IComparer<JobPod>
    {
        public int Compare(JobPod? x, JobPod? y) =>
            string.CompareOrdinal(x!.Namespace, y!.Namespace) is var bySpace and not 0 ? bySpace : string.CompareOrdinal(x.Name, y.Name);
    }

    private sealed class ByNeed : IComparer<JobPod>
    {
        private static readonly ByName Names = new();

        public int Compare(JobPod? x, JobPod? y) =>
            Rank(x!).CompareTo(Rank(y!)) is var byRank and not 0 ? byRank : x!.CreatedAt.CompareTo(y!.CreatedAt) is var byAge and not 0 ? byAge : Names.Compare(x, y);
    }
}

/// <param name="Done">Neither pending nor running.</param>
/// <param name="Waits">How many wait for what.</param>
/// <param name="Runners">Pods that are not done, by the runner's short token.</param>
public sealed record PodCounts(int Pending, int Running, int Done, IReadOnlyDictionary<WaitKind, int> Waits, IReadOnlyDictionary<string, int> Runners)
{
    public static PodCounts None { get; } = new(0, 0, 0, new Dictionary<WaitKind, int>(), new Dictionary<string, int>());
}

/// <param name="CpuMillis">Requested by job pods, thousandths of a core.</param>
/// <param name="MemoryBytes">Requested by job pods.</param>
public readonly record struct NodeUse(int Pods, int CpuMillis, long MemoryBytes);
