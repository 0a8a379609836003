using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Keeps a pod for each job that runs on a manager of the cluster. Follows the worlds' events, so that a step costs what
/// changed; jobs that came and went between two steps never show, as for any slow watcher.</summary>
internal sealed class JobMirror(string cluster, ClusterObjects objects, ClusterWorld world, ManagerKeeper managers, NodeBook nodes, PodEvents events)
{
    private const int EventsAtOnce = 20_000;
    private static readonly JsonObject NoKeys = new() { ["namespace"] = "ci" };

    private readonly Dictionary<(Instance Instance, long Job), Mirrored> pods = [];
    private readonly PriorityQueue<Mirrored, long> starts = new();
    private readonly Dictionary<Instance, long> seen = [];

    public int Count => pods.Count;

    /// <summary>What the pods of a namespace ask for: how many, milli-CPU, MiB of memory.</summary>
    public (int Pods, long Cpu, long Memory) UsedIn(string space)
    {
        var mine = pods.Values.Where(pod => pod.Space == space).ToList();
        return (mine.Count, mine.Sum(pod => pod.Requests.Cpu), mine.Sum(pod => pod.Requests.Memory));
    }

    public bool Holds(string space, string name) => pods.Values.Any(pod => pod.Space == space && pod.Name == name);

    /// <summary>Somebody deleted the pod; its job goes on in GitLab.</summary>
    public void Drop(string space, string name)
    {
        foreach (var (key, pod) in pods.Where(one => one.Value.Space == space && one.Value.Name == name).ToList())
        {
            objects.Remove("pods", space, name);
            nodes.Free(pod.Node);
            pods.Remove(key);
        }
    }

    /// <summary>Looks at everything: after a time in which nobody asked.</summary>
    public void Resync(DateTimeOffset now)
    {
        var running = new List<JobFacts>();
        foreach (var instance in world.Instances)
        {
            running.AddRange(instance.Do(one =>
            {
                seen[instance] = one.Events.LastSeq;
                return one.Fleet.Runners.SelectMany(runner => runner.Managers).Where(manager => manager.Cluster == cluster)
                    .SelectMany(manager => manager.RunningJobs).Select(job => JobFacts.Of(instance, one, job)).OfType<JobFacts>().ToList();
            }));
        }

        var keys = running.Select(job => (job.Instance, job.Id)).ToHashSet();
        foreach (var (key, pod) in pods.Where(one => !keys.Contains(one.Key)).ToList())
        {
            Remove(key, pod, well: true, now);
        }

        foreach (var job in running.Where(job => !pods.ContainsKey((job.Instance, job.Id))))
        {
            Add(job, now);
        }

        StartDue(now);
    }

    /// <summary>What changed since the last step.</summary>
    public void Follow(DateTimeOffset now)
    {
        foreach (var instance in world.Instances)
        {
            var (changes, gap) = instance.Do(one => Read(instance, one));
            if (gap)
            {
                Resync(now);
                return;
            }

            foreach (var (id, facts, status) in changes)
            {
                if (facts is not null && !pods.ContainsKey((instance, id)))
                {
                    Add(facts, now);
                }
                else if (facts is null && pods.TryGetValue((instance, id), out var pod))
                {
                    Remove((instance, id), pod, status == JobStatus.Success, now);
                }
            }
        }

        StartDue(now);
    }

    private (List<(long Id, JobFacts? Facts, JobStatus Status)> Changes, bool Gap) Read(Instance instance, GitLabWorld one)
    {
        var from = seen.GetValueOrDefault(instance);
        var changes = new List<(long, JobFacts?, JobStatus)>();
        if (from + 1 < one.Events.FirstSeq || one.Events.LastSeq - from > EventsAtOnce)
        {
            return (changes, true);
        }

        foreach (var happened in one.Events.After(from, EventsAtOnce))
        {
            var job = happened.Job;
            if (job.Status == JobStatus.Running ? job.Manager?.Cluster == cluster : pods.ContainsKey((instance, job.Id)))
            {
                changes.Add((job.Id, job.Status == JobStatus.Running ? JobFacts.Of(instance, one, job) : null, job.Status));
            }
        }

        seen[instance] = one.Events.LastSeq;
        return (changes, false);
    }

    private void Add(JobFacts job, DateTimeOffset now)
    {
        var link = managers.Pods.SelectMany(pod => pod.Links).FirstOrDefault(one => one.SystemId == job.SystemId && one.Instance == job.Instance);
        var keys = link?.Section.Kubernetes ?? NoKeys;
        var node = nodes.Place();
        var item = JobPodObject.Make(job, link?.Section.Keys.Text("name") ?? job.RunnerName, job.Version, keys, node);
        var pod = new Mirrored(item.Text("metadata", "namespace")!, job.Pod.Name, node, job.Pod, Amounts.RequestedBy(item));
        if (objects.Get("namespaces", null, pod.Space) is null)
        {
            nodes.Free(node);
            return;
        }

        pods[(job.Instance, job.Id)] = pod;
        var runs = job.Pod.RunsFrom;
        item["status"] = runs <= now ? JobPodStatus.Running(item, runs.Value) : JobPodStatus.Pending(item, job.Pod.Trouble, now);
        objects.Play(item);
        if (runs > now)
        {
            starts.Enqueue(pod, runs.Value.UtcTicks);
        }
        else if (JobPodStatus.EventOf(item, job.Pod.Trouble) is var (reason, message))
        {
            events.Warn(pod.Space, pod.Name, reason, message, now);
        }
    }

    private void StartDue(DateTimeOffset now)
    {
        while (starts.TryPeek(out var pod, out var at) && at <= now.UtcTicks)
        {
            starts.Dequeue();
            if (!pod.Gone && objects.Get("pods", pod.Space, pod.Name) is { } item)
            {
                item["status"] = JobPodStatus.Running(item, new DateTimeOffset(at, TimeSpan.Zero));
                objects.Play(item);
            }
        }
    }

    private void Remove((Instance, long) key, Mirrored pod, bool well, DateTimeOffset now)
    {
        pods.Remove(key);
        nodes.Free(pod.Node);
        pod.Gone = true;
        if (objects.Get("pods", pod.Space, pod.Name) is { } item)
        {
            item["status"] = JobPodStatus.Ended(item, pod.Facts.Trouble, well, now);
            objects.Play(item);
            objects.Remove("pods", pod.Space, pod.Name);
        }
    }

    private sealed class Mirrored(string space, string name, string node, JobPod facts, (long Cpu, long Memory) requests)
    {
        public string Space => space;

        public string Name => name;

        public string Node => node;

        public JobPod Facts => facts;

        public (long Cpu, long Memory) Requests => requests;

        public bool Gone { get; set; }
    }
}
