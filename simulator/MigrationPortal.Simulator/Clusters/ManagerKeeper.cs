using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>Plays the deployment controller and the kubelet for Deployments: pods come and go as asked, in world time.</summary>
internal sealed class ManagerKeeper(string cluster, ClusterObjects objects, ManagerProcesses processes, NodeBook nodes)
{
    private readonly SortedDictionary<(string Space, string Name), ManagerPod> pods = [];
    private readonly Dictionary<(string Space, string Name), string> statuses = [];
    private int born;

    public IReadOnlyCollection<ManagerPod> Pods => pods.Values;

    /// <summary>When the next pod changes by itself.</summary>
    public DateTimeOffset? Due => pods.Values.Where(pod => !pod.IsEnding).Min(pod => pod.Due);

    public ManagerPod? Find(string space, string name) => pods.GetValueOrDefault((space, name));

    /// <summary>Pods that have been running for long, with their processes.</summary>
    public void Begin(IEnumerable<SeededPod> seeded, DateTimeOffset now)
    {
        foreach (var one in seeded)
        {
            var deployment = objects.List("deployments.apps").First(item => item.Text("metadata", "name") == one.Deployment);
            var hash = ManagerPodObject.HashOf(deployment["spec"]?["template"]);
            var pod = Create(deployment, hash, ReplicaSetOf(deployment, hash).Text("metadata", "uid") ?? "", now);
            var item = objects.Get("pods", pod.Space, pod.Name)!;
            item["metadata"]!.AsObject().Ensure("annotations")[ManagerPodObject.Links] = one.Link;
            item["status"] = ManagerPodStatus.Running(item, 0, now);
            objects.Play(item);
            Adopt(item, now);
        }
    }

    /// <summary>Takes over a pod that is there already.</summary>
    public void Adopt(JsonObject item, DateTimeOffset now)
    {
        var (space, name) = (item.Text("metadata", "namespace")!, item.Text("metadata", "name")!);
        var hash = item.Text("metadata", "labels", "pod-template-hash") ?? "";
        var owner = item.Items("metadata", "ownerReferences").FirstOrDefault().Text("name") ?? "";
        var pod = new ManagerPod(space, name, owner.EndsWith("-" + hash, StringComparison.Ordinal) ? owner[..^(hash.Length + 1)] : owner, hash) { Due = now };
        pods[(space, name)] = pod;
        if (processes.Resume(pod, item) && item.Text("status", "phase") == "Running")
        {
            (pod.State, pod.Due) = (ManagerState.Running, null);
        }

        if (item.Text("metadata", "deletionTimestamp") is not null)
        {
            End(pod, item, now);
        }
    }

    /// <summary>Something was changed by somebody.</summary>
    public void Reconcile(DateTimeOffset now)
    {
        foreach (var waiting in pods.Values.Where(pod => pod.State == ManagerState.Waiting))
        {
            waiting.Due = now;
        }

        Advance(now);
        LookAfterPods(now);
        var there = new HashSet<(string, string)>();
        foreach (var deployment in objects.List("deployments.apps").ToList())
        {
            there.Add((deployment.Text("metadata", "namespace")!, deployment.Text("metadata", "name")!));
            Reconcile(deployment, now);
        }

        foreach (var orphan in pods.Values.Where(pod => !pod.IsEnding && !there.Contains((pod.Space, pod.Deployment))).ToList())
        {
            End(orphan, null, now);
        }
    }

    /// <summary>Time has passed. True when a pod changed, so that Deployments must be looked at.</summary>
    public bool Advance(DateTimeOffset now)
    {
        var changed = false;
        foreach (var pod in pods.Values.ToList())
        {
            if (pod.IsEnding && (pod.Due <= now || !pod.Links.Exists(link => link.IsUp)))
            {
                processes.Kill(pod);
                Forget(pod);
                changed = true;
            }
            else if (!pod.IsEnding && pod.Due <= now)
            {
                processes.Start(pod, now);
                changed = true;
            }
        }

        return changed;
    }

    // Pods that somebody deleted by hand: marked ones end in their time, vanished ones took their process with them.
    private void LookAfterPods(DateTimeOffset now)
    {
        foreach (var pod in pods.Values.Where(pod => !pod.IsEnding).ToList())
        {
            if (objects.Get("pods", pod.Space, pod.Name) is not { } item)
            {
                processes.Kill(pod);
                pods.Remove((pod.Space, pod.Name));
            }
            else if (item.Text("metadata", "deletionTimestamp") is not null)
            {
                End(pod, item, now);
            }
        }
    }

    private void Reconcile(JsonObject deployment, DateTimeOffset now)
    {
        var (space, name) = (deployment.Text("metadata", "namespace")!, deployment.Text("metadata", "name")!);
        var leaving = deployment.Text("metadata", "deletionTimestamp") is not null;
        var hash = ManagerPodObject.HashOf(deployment["spec"]?["template"]);
        var wanted = leaving ? 0 : (int)Math.Clamp(deployment["spec"].Whole("replicas") ?? 1, 0, 200);
        var mine = pods.Values.Where(pod => pod.Space == space && pod.Deployment == name).ToList();
        var old = mine.Where(pod => pod.Hash != hash && !pod.IsEnding).ToList();
        var current = mine.Where(pod => pod.Hash == hash && !pod.IsEnding).ToList();
        if (deployment.Text("spec", "strategy", "type") == "Recreate" && mine.Exists(pod => pod.Hash != hash))
        {
            old.ForEach(pod => End(pod, null, now));
        }
        else
        {
            var set = wanted == 0 ? null : ReplicaSetOf(deployment, hash);
            for (var n = current.Count; n < wanted; n++)
            {
                current.Add(Create(deployment, hash, set.Text("metadata", "uid") ?? "", now));
            }

            foreach (var extra in current.OrderBy(pod => pod.IsReady).Take(current.Count - wanted).ToList())
            {
                End(extra, null, now);
                current.Remove(extra);
            }

            if (current.Count(pod => pod.IsReady) >= wanted)
            {
                old.ForEach(pod => End(pod, null, now));
            }
        }

        if (leaving && !pods.Values.Any(pod => pod.Space == space && pod.Deployment == name))
        {
            objects.Remove("deployments.apps", space, name);
            return;
        }

        WriteStatus(deployment, wanted, hash);
    }

    private ManagerPod Create(JsonObject deployment, string hash, string setUid, DateTimeOffset now)
    {
        var (space, name) = (deployment.Text("metadata", "namespace")!, deployment.Text("metadata", "name")!);
        var word = ManagerPodObject.Word($"{cluster}/{deployment.Text("metadata", "uid")}/{hash}/{++born}", 5);
        var stem = $"{name}-{hash}";
        var pod = new ManagerPod(space, $"{(stem.Length > 57 ? stem[..57] : stem)}-{word}", name, hash) { Due = now.AddSeconds(6 + (word[0] % 12)) };
        var item = ManagerPodObject.Pod(deployment, pod, nodes.Place(), setUid);
        item["status"] = ManagerPodStatus.Waiting(item, "ContainerCreating", null, 0, now);
        objects.Play(item);
        pods[(space, pod.Name)] = pod;
        return pod;
    }

    private void End(ManagerPod pod, JsonObject? item, DateTimeOffset now)
    {
        item ??= objects.Get("pods", pod.Space, pod.Name);
        if (item is not null && item.Text("metadata", "deletionTimestamp") is null)
        {
            objects.Delete("pods", pod.Space, pod.Name);
        }

        var grace = item.At("metadata").Whole("deletionGracePeriodSeconds") ?? item.At("spec").Whole("terminationGracePeriodSeconds") ?? 30;
        processes.Stop(pod);
        (pod.State, pod.Due) = (ManagerState.Ending, now.AddSeconds(grace));
        if (!pod.Links.Exists(link => link.IsUp))
        {
            Forget(pod);
        }
    }

    private void Forget(ManagerPod pod)
    {
        if (objects.Get("pods", pod.Space, pod.Name).Text("spec", "nodeName") is { } node)
        {
            nodes.Free(node);
        }

        objects.Remove("pods", pod.Space, pod.Name);
        pods.Remove((pod.Space, pod.Name));
    }

    private JsonObject ReplicaSetOf(JsonObject deployment, string hash)
    {
        var (space, name) = (deployment.Text("metadata", "namespace")!, $"{deployment.Text("metadata", "name")}-{hash}");
        if (objects.Get("replicasets.apps", space, name) is { } known)
        {
            return known;
        }

        objects.Play(ManagerPodObject.ReplicaSet(deployment, hash));
        return objects.Get("replicasets.apps", space, name)!;
    }

    private void WriteStatus(JsonObject deployment, int wanted, string hash)
    {
        var (space, name) = (deployment.Text("metadata", "namespace")!, deployment.Text("metadata", "name")!);
        var mine = pods.Values.Where(pod => pod.Space == space && pod.Deployment == name && !pod.IsEnding).ToList();
        var status = DeploymentStatus.Of(deployment, wanted, mine, hash);
        var text = status.ToJsonString();
        if (statuses.GetValueOrDefault((space, name)) == text)
        {
            return;
        }

        statuses[(space, name)] = text;
        if (objects.Get("deployments.apps", space, name) is { } live)
        {
            live["status"] = status;
            live["metadata"]!.AsObject().Ensure("annotations").Default("deployment.kubernetes.io/revision", "1");
            objects.Play(live);
        }

        foreach (var set in objects.List("replicasets.apps", space).Where(set => set.Items("metadata", "ownerReferences").Any(owner => owner.Text("name") == name)).ToList())
        {
            var mineOfSet = mine.Where(pod => set.Text("metadata", "name") == $"{name}-{pod.Hash}").ToList();
            set["spec"]!["replicas"] = mineOfSet.Count;
            set["status"] = new JsonObject { ["replicas"] = mineOfSet.Count, ["readyReplicas"] = mineOfSet.Count(pod => pod.IsReady) };
            objects.Play(set);
        }
    }
}
