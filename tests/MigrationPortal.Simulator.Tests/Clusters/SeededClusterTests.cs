using System.Globalization;
using k8s;
using k8s.Models;
using MigrationPortal.World;

namespace MigrationPortal.Tests.Clusters;

/// <summary>What is in a cluster before anybody touches it.</summary>
public sealed class SeededClusterTests
{
    [Fact]
    public async Task Clusters_AreThoseOfBothWorlds()
    {
        await using var host = await ClusterHost.StartAsync();

        host.Inner.Clusters.ShouldBe(["k8s-a", "k8s-b", "qa-k8s-a"]);
        (await (await host.ClientAsync("qa-k8s-a")).CoreV1.ListNodeAsync()).Items.Count.ShouldBeGreaterThan(2);
        await Should.ThrowAsync<KeyNotFoundException>(() => host.Inner.KubeconfigAsync("k8s-z"));
    }

    [Fact]
    public async Task Managers_HaveTheirRelease_WithTokenAndPods()
    {
        await using var host = await ClusterHost.StartAsync();
        var runners = host.Inner.Production.Do(world => world.Fleet.Runners.Where(runner => runner.Managers.Any(m => m.Cluster == "k8s-a"))
            .Select(runner => (runner.Description, runner.Token, Managers: runner.Managers.Count)).ToList());

        foreach (var (name, token, managers) in runners)
        {
            var secret = await (await host.ClientAsync("k8s-a")).CoreV1.ReadNamespacedSecretAsync(name, "gitlab-runner");
            System.Text.Encoding.UTF8.GetString(secret.Data["runner-token"]).ShouldBe(token);
            var deployment = await (await host.ClientAsync("k8s-a")).AppsV1.ReadNamespacedDeploymentAsync(name, "gitlab-runner");
            (deployment.Spec.Replicas, deployment.Status.ReadyReplicas, deployment.Labels()["release"]).ShouldBe((managers, managers, name));
            (await host.PodsAsync("k8s-a", $"app={name}")).Count(pod => pod.Status.Phase == "Running").ShouldBe(managers);
        }

        runners.Count.ShouldBe(3);
    }

    [Fact]
    public async Task RunningJobs_HaveAPod_WhileTheyRun()
    {
        await using var host = await ClusterHost.QuietAsync();
        var pipeline = ClusterHost.Run(host.Inner.Production, "k8s-default", 5);
        await host.AdvanceAsync(0.05);
        (await host.JobPodsAsync("k8s-a")).Concat(await host.JobPodsAsync("k8s-b")).ShouldAllBe(pod => pod.Status.Phase == "Pending");
        await host.AdvanceAsync(0.9);

        var pods = (await host.JobPodsAsync("k8s-a")).Concat(await host.JobPodsAsync("k8s-b")).ToList();
        var running = host.Inner.Production.Do(_ => pipeline.Jobs.Where(job => job.Status == JobStatus.Running)
            .ToDictionary(job => job.Id.ToString(CultureInfo.InvariantCulture), job => (job.Name, job.Manager!.Runner.ShortToken)));
        pods.ToDictionary(pod => pod.Annotations()["job.runner.gitlab.com/id"], pod => (pod.Annotations()["job.runner.gitlab.com/name"], pod.Labels()["manager.runner.gitlab.com/id-short"]))
            .ShouldBe(running, ignoreOrder: true);
        pods.Where(pod => pod.Status.Phase == "Running").ShouldNotBeEmpty();
        pods.ShouldAllBe(pod => pod.Spec.Containers.Select(one => one.Name).SequenceEqual(new[] { "build", "helper", "svc-0" })
            && pod.Spec.Containers[0].Image == "alpine:3.22" && pod.Spec.Containers[0].Resources.Requests["cpu"].ToString() == "250m");

        await host.AdvanceAsync(120);
        (await host.JobPodsAsync("k8s-a")).Concat(await host.JobPodsAsync("k8s-b")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Watch_SeesAPodComeRunAndGo()
    {
        await using var host = await ClusterHost.QuietAsync();
        var runner = ClusterHost.NewRunner(host.Inner.Production, "only");
        host.Inner.Production.Do(world => world.Apply(new ConnectManager(runner.Id, Executor.Kubernetes, 1, Cluster: "k8s-a")));
        var start = (await (await host.ClientAsync("k8s-a")).CoreV1.ListNamespacedPodAsync("ci")).Metadata.ResourceVersion;
        var seen = new List<string>();
        ClusterHost.Run(host.Inner.Production, "only", 1);
        for (var step = 0; step < 400; step++)
        {
            await host.AdvanceAsync(0.1);
        }

        await foreach (var (type, pod) in (await host.ClientAsync("k8s-a")).CoreV1.WatchListNamespacedPodAsync("ci", resourceVersion: start, cancellationToken: TestContext.Current.CancellationToken))
        {
            seen.Add($"{type} {pod.Status.Phase}");
            if (type == WatchEventType.Deleted)
            {
                break;
            }
        }

        seen[0].ShouldBe("Added Pending");
        seen[1].ShouldBe("Modified Running");
        seen[^1].ShouldMatch("Deleted (Succeeded|Failed)");
    }

    [Fact]
    public async Task Metrics_TellWhatTheWorldTells()
    {
        await using var host = await ClusterHost.QuietAsync();
        ClusterHost.Run(host.Inner.Production, "k8s-default", 30);
        await host.AdvanceAsync(1);
        var (running, taken) = host.Inner.Production.Do(world => world.Fleet.Runners.SelectMany(runner => runner.Managers).Where(m => m.Cluster == "k8s-a")
            .Aggregate((0, 0), (sum, m) => (sum.Item1 + m.RunningJobs.Count, sum.Item2 + m.JobsTaken)));

        var (jobs, total) = (0, 0);
        foreach (var pod in await host.PodsAsync("k8s-a"))
        {
            using var answer = await (await host.ClientAsync("k8s-a")).CoreV1.ConnectGetNamespacedPodProxyWithPathAsync($"{pod.Name()}:9252", "gitlab-runner", "metrics");
            var text = await new StreamReader(answer).ReadToEndAsync(TestContext.Current.CancellationToken);
            jobs += Sum(text, "gitlab_runner_jobs{");
            total += Sum(text, "gitlab_runner_jobs_total{");
            text.ShouldContain("gitlab_runner_process_state_info{state=\"running\"} 1");
        }

        (jobs, total).ShouldBe((running, taken));
        total.ShouldBeGreaterThan(0);
    }

    private static int Sum(string text, string name) => text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(line => int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));
}
