using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Starts and ends the runner processes of pods: what a pod is told decides which manager of which GitLab it becomes.</summary>
internal sealed class ManagerProcesses(string cluster, ClusterObjects objects, ClusterWorld world, PodEvents events)
{
    private const string DefaultVersion = "18.11.0";
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    /// <summary>The pod's image is there: its process starts, waits for what is missing, or fails.</summary>
    public void Start(ManagerPod pod, DateTimeOffset now)
    {
        if (objects.Get("pods", pod.Space, pod.Name) is not { } item)
        {
            return;
        }

        var files = PodFiles.Of(objects, pod.Space, item["spec"]);
        if (files.Missing is { } missing)
        {
            if (pod.State != ManagerState.Waiting)
            {
                events.Warn(pod.Space, pod.Name, missing.Reason == "ContainerCreating" ? "FailedMount" : "Failed", missing.Message, now);
            }

            (pod.State, pod.Due) = (ManagerState.Waiting, null);
            Write(item, ManagerPodStatus.Waiting(item, missing.Reason, missing.Reason == "ContainerCreating" ? null : missing.Message, pod.Restarts, now));
            return;
        }

        var problem = IsRunner(item) ? Connect(pod, item, ManagerSettings.Of(files)) : null;
        if (problem is null)
        {
            (pod.State, pod.Due) = (ManagerState.Running, null);
            item["metadata"]!.AsObject().Ensure("annotations")[ManagerPodObject.Links] = string.Join(',', pod.Links.Select(link => $"{link.Instance.Name}/{link.SystemId}"));
            Write(item, ManagerPodStatus.Running(item, pod.Restarts, now));
        }
        else
        {
            Fail(pod, item, problem, now);
        }
    }

    /// <summary>As the stop signal of its image does: a runner's own image lets jobs end, any other aborts them.</summary>
    public void Stop(ManagerPod pod)
    {
        var gentle = objects.Get("pods", pod.Space, pod.Name) is { } item && IsRunner(item);
        foreach (var link in pod.Links.Where(link => link.IsUp))
        {
            world.Apply(link.Instance, gentle ? new StopManager(link.ManagerId) : new DisconnectManager(link.ManagerId));
        }
    }

    public void Kill(ManagerPod pod)
    {
        foreach (var link in pod.Links.Where(link => link.IsUp))
        {
            world.Apply(link.Instance, new DisconnectManager(link.ManagerId));
        }

        pod.Links = [];
    }

    /// <summary>Finds the processes of a pod that ran before a restart. False when one is not there any more.</summary>
    public bool Resume(ManagerPod pod, JsonObject item)
    {
        var known = (item.Text("metadata", "annotations", ManagerPodObject.Links) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var settings = ManagerSettings.Of(PodFiles.Of(objects, pod.Space, item["spec"]));
        for (var i = 0; i < known.Length; i++)
        {
            var (name, systemId) = (known[i].Split('/')[0], known[i].Split('/')[^1]);
            var section = settings.Runners.ElementAtOrDefault(i) ?? new RunnerSection("", "", []);
            if (world.Named(name) is not { } instance || ManagerOf(instance, systemId) is not { } id)
            {
                pod.Links = [];
                return false;
            }

            pod.Links.Add(new ManagerLink(instance, id, systemId, settings.Concurrent, section));
        }

        return known.Length > 0 || !IsRunner(item);
    }

    private static bool IsRunner(JsonObject pod) =>
        pod.Items("spec", "containers").Any(one => one.Text("image")?.Contains("gitlab-runner", StringComparison.Ordinal) == true);

    private static int? ManagerOf(Instance instance, string systemId) => instance.Do(one => one.Fleet.Runners
        .SelectMany(runner => runner.Managers).FirstOrDefault(manager => manager.SystemId == systemId && manager.IsUp)?.Id);

    /// <returns>Why not one runner could be started, in the words of the runner's log; null when one is up.</returns>
    private string? Connect(ManagerPod pod, JsonObject item, ManagerSettings settings)
    {
        var version = ManagerPodObject.VersionOf(item.Items("spec", "containers").First().Text("image")) ?? DefaultVersion;
        var problem = "ERROR: No runners are configured";
        foreach (var (section, index) in settings.Runners.Select((section, index) => (section, index)))
        {
            if (section.Token.Length == 0)
            {
                problem = "PANIC: The registration-token or the runner authentication token needs to be entered";
            }
            else if (world.At(section.Url) is not { } instance)
            {
                problem = $"ERROR: Verifying runner... failed      status=couldn't execute POST against {section.Url}/api/v4/runners/verify: no such host";
            }
            else if (instance.Do(one => one.Fleet.FindByToken(section.Token)?.Id) is not { } runnerId)
            {
                problem = "ERROR: Verifying runner... is not valid      correlation_id= runner=" + Shortened(section.Token);
            }
            else
            {
                var systemId = ManagerPodObject.SystemIdOf(cluster, pod, index + (pod.Restarts * 100));
                var connect = new ConnectManager(runnerId, Executor.Kubernetes, section.SlotsOf(settings.Concurrent), systemId, cluster, version);
                world.Apply(instance, new DescribePods(runnerId, PodDescription.Of(section, PodDescription.BlocksMetadata(objects, JobPodObject.NamespaceOf(section.Kubernetes)))));
                pod.Links.Add(new ManagerLink(instance, world.Apply(instance, connect).Get<RunnerManager>().Id, systemId, settings.Concurrent, section));
            }
        }

        return pod.Links.Count > 0 ? null : problem;
    }

    private void Fail(ManagerPod pod, JsonObject item, string problem, DateTimeOffset now)
    {
        var wait = TimeSpan.FromSeconds(10 * Math.Pow(2, Math.Min(pod.Restarts, 8)));
        pod.Restarts++;
        (pod.State, pod.Due) = (ManagerState.BackOff, now + (wait < LongestBackOff ? wait : LongestBackOff));
        var container = item.Items("spec", "containers").First().Text("name")!;
        objects.WriteLog(pod.Space, pod.Name, container, problem + "\nFATAL: Failed to register the runner. You may be having network problems.\n");
        Write(item, ManagerPodStatus.Waiting(item, "CrashLoopBackOff", $"back-off restarting failed container={container} pod={pod.Name}_{pod.Space}", pod.Restarts, now));
    }

    private void Write(JsonObject item, JsonObject status)
    {
        item["status"] = status;
        objects.Play(item);
    }

    // As the runner's own log does, which never shows a token whole.
    private static string Shortened(string token) => token[(token.IndexOf('_', StringComparison.Ordinal) + 1)..] is { Length: > 9 } text ? text[..9] : "";
}
