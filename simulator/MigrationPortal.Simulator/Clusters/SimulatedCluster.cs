using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>One Kubernetes cluster of the world. It is made when it is first asked for; its managers then obey it, and while somebody
/// looks its pods mirror the jobs.</summary>
internal sealed class SimulatedCluster
{
    private static readonly TimeSpan AwakeFor = TimeSpan.FromMinutes(5);
    private static readonly string[] Watched =
        ["deployments.apps", "pods", "secrets", "configmaps", "namespaces", "runners.apps.gitlab.com"];

    private readonly ClusterWorld world;
    private readonly WorldTimeProvider worldTime;
    private readonly TimeProvider time;
    private readonly Action changed;
    private readonly Lock gate = new();
    private readonly Lock notes = new();
    private readonly HashSet<(string Resource, string? Space, string Name)> touched = [];
    private readonly bool privileged;
    private volatile ClusterParts? parts;
    private long lastAsked;
    private bool asleep = true;
    private int writer;

    /// <param name="changed">Told when somebody changed an object; may be called under locks.</param>
    public SimulatedCluster(string name, Instance home, string token, bool privileged, ClusterWorld world, WorldTimeProvider worldTime, TimeProvider time, Action changed)
    {
        (Name, Home, Token, this.privileged, this.world, this.worldTime, this.time, this.changed) = (name, home, token, privileged, world, worldTime, time, changed);
    }

    public string Name { get; }

    /// <summary>The GitLab whose runners it was built for.</summary>
    public Instance Home { get; }

    /// <summary>Of its administrator.</summary>
    public string Token { get; }

    public ClusterWorld World => world;

    public bool IsBuilt => parts is not null;

    /// <summary>Objects changed since they were last kept.</summary>
    public bool IsUnsaved { get; private set; }

    public int JobPods => parts?.Jobs.Count ?? 0;

    /// <summary>When something changes by itself.</summary>
    public DateTimeOffset? Due => parts?.Managers.Due;

    /// <summary>Its API server, for somebody who looks: made, awake and up to date.</summary>
    public KubernetesCluster Ask()
    {
        Interlocked.Exchange(ref lastAsked, time.GetTimestamp());
        if (parts is null || asleep)
        {
            Settle();
        }

        return parts!.Server;
    }

    /// <summary>As <see cref="Ask"/> for one with these objects instead of those of the beginning.</summary>
    public void Restore(IReadOnlyList<JsonObject> objects)
    {
        lock (gate)
        {
            parts = Build(objects);
        }
    }

    /// <summary>Brings managers, pods and status to where they are now. Does nothing for a cluster nobody ever asked for.</summary>
    public void Settle()
    {
        lock (gate)
        {
            writer = Environment.CurrentManagedThreadId;
            try
            {
                var built = parts ??= Build(null);
                Settle(built, world.Now);
            }
            finally
            {
                writer = 0;
            }
        }
    }

    /// <summary>All objects but nodes, events, job pods and what every cluster begins with.</summary>
    public IReadOnlyList<JsonObject> Keep()
    {
        lock (gate)
        {
            IsUnsaved = false;
            return ClusterKeep.Of(parts!.Server.Objects, parts.Managers);
        }
    }

    private void Settle(ClusterParts built, DateTimeOffset now)
    {
        var (managers, jobs) = (built.Managers, built.Jobs);
        var news = TakeNotes();
        var moved = managers.Advance(now);
        if (news.Count > 0 || moved)
        {
            IsUnsaved = true;
            built.Server.Controllers.CollectGarbage();
            built.Operator.Reconcile();
            managers.Reconcile(now);
            built.Operator.Reconcile();
            foreach (var (_, space, name) in news.Where(one => one.Resource == "pods" && jobs.Holds(one.Space!, one.Name)))
            {
                jobs.Drop(space!, name);
            }
        }

        built.Server.Faults.RefuseConnections = Home.Do(one => one.Faults.DarkClusters.Contains(Name));
        Mirror(built, now);
        built.Events.Forget(now);
    }

    private void Mirror(ClusterParts built, DateTimeOffset now)
    {
        var awake = built.Server.Faults.OpenWatches > 0 || time.GetElapsedTime(Interlocked.Read(ref lastAsked)) < AwakeFor;
        if (awake && asleep)
        {
            built.Jobs.Resync(now);
        }
        else if (awake)
        {
            built.Jobs.Follow(now);
        }

        asleep = !awake;
        if (awake)
        {
            built.Quota.Write(now);
        }
    }

    private ClusterParts Build(IReadOnlyList<JsonObject>? kept)
    {
        var built = new ClusterParts(Name, world, worldTime, ClusterSeed.SlotsOf(Name, world));
        var objects = built.Server.Objects;
        built.Server.AddToken(Token, "portal");
        built.Server.AllowAll("portal");
        ClusterSeed.Ground(objects, built.Nodes);
        if (kept is null)
        {
            objects.Put(RunnerDefinition.Yaml, "olm");
            var seeded = ClusterSeed.Managers(Name, objects, world, privileged);
            built.Managers.Begin(seeded, world.Now);
        }
        else
        {
            ClusterKeep.Restore(objects, kept);
            foreach (var pod in objects.List("pods").ToList())
            {
                built.Managers.Adopt(pod, world.Now);
            }
        }

        objects.Changed += Note;
        lock (notes)
        {
            touched.Add(("deployments.apps", null, ""));
        }

        return built;
    }

    // Called under the server's lock: only noted here.
    private void Note(string resource, string? space, string name)
    {
        if (Environment.CurrentManagedThreadId == writer || !Watched.Contains(resource))
        {
            return;
        }

        lock (notes)
        {
            touched.Add((resource, space, name));
        }

        changed();
    }

    private List<(string Resource, string? Space, string Name)> TakeNotes()
    {
        lock (notes)
        {
            var taken = touched.ToList();
            touched.Clear();
            return taken;
        }
    }
}
