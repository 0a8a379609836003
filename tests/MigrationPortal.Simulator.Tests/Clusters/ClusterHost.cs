using System.Text;
using k8s;
using k8s.Models;
using MigrationPortal.Simulator;
using MigrationPortal.World;

namespace MigrationPortal.Tests.Clusters;

/// <summary>A stepped simulator and its clusters, called as the portal calls them.</summary>
internal sealed class ClusterHost : IAsyncDisposable
{
    private readonly Dictionary<string, k8s.Kubernetes> clients = new(StringComparer.Ordinal);

    private ClusterHost(SimulatorHost inner) => Inner = inner;

    public SimulatorHost Inner { get; }

    /// <summary>Where nothing happens by itself.</summary>
    public static Task<ClusterHost> QuietAsync() => StartAsync(WorldOptions.Quiet with { IncidentDays = 0 });

    public static async Task<ClusterHost> StartAsync(WorldOptions? world = null, string? connection = null)
    {
        var settings = SimulatorHost.ForTests();
        (settings.World, settings.ConnectionString) = (world, connection);
        return new(await SimulatorHost.StartAsync(settings, TestContext.Current.CancellationToken));
    }

    public async Task<k8s.Kubernetes> ClientAsync(string cluster)
    {
        if (!clients.TryGetValue(cluster, out var client))
        {
            using var config = new MemoryStream(Encoding.UTF8.GetBytes(await Inner.KubeconfigAsync(cluster)));
            clients[cluster] = client = new(KubernetesClientConfiguration.BuildConfigFromConfigFile(config));
        }

        return client;
    }

    public Task AdvanceAsync(double minutes) => Inner.AdvanceAsync(TimeSpan.FromMinutes(minutes), TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<V1Pod>> PodsAsync(string cluster, string? selector = null, string space = "gitlab-runner") =>
        [.. (await (await ClientAsync(cluster)).CoreV1.ListNamespacedPodAsync(space, labelSelector: selector)).Items];

    public Task<IReadOnlyList<V1Pod>> JobPodsAsync(string cluster) => PodsAsync(cluster, "job.runner.gitlab.com/pod", "ci");

    /// <summary>Applies objects of namespace gitlab-runner, as an administrator with a file does.</summary>
    public async Task ApplyAsync(string cluster, string yaml)
    {
        foreach (var item in KubernetesYaml.LoadAllFromString(yaml))
        {
            var (client, text) = ((await ClientAsync(cluster)), new V1Patch(KubernetesJson.Serialize(item), V1Patch.PatchType.ApplyPatch));
            _ = item switch
            {
                V1Secret one => (object)await client.CoreV1.PatchNamespacedSecretAsync(text, one.Name(), one.Namespace(), fieldManager: "test", force: true),
                V1ConfigMap one => await client.CoreV1.PatchNamespacedConfigMapAsync(text, one.Name(), one.Namespace(), fieldManager: "test", force: true),
                V1Deployment one => await client.AppsV1.PatchNamespacedDeploymentAsync(text, one.Name(), one.Namespace(), fieldManager: "test", force: true),
                _ => throw new ArgumentException(item.GetType().Name, nameof(yaml)),
            };
        }
    }

    /// <summary>A runner of this GitLab that takes jobs with this tag, and nobody else does.</summary>
    public static Runner NewRunner(Instance instance, string tag) => instance.Do(world =>
        world.Apply(new CreateRunner(RunnerType.Instance, Description: "lent", TagList: [tag], RunUntagged: false)).Get<Runner>());

    /// <summary>A running pipeline of so many jobs with this tag.</summary>
    public static Pipeline Run(Instance instance, string tag, int jobs) => instance.Do(world =>
    {
        var project = world.Directory.Projects[1];
        var branch = $"test-{project.Repository.Branches.Count}";
        world.Apply(new CreateBranch(project.Id, branch, project.DefaultBranch, 1)).Refusal.ShouldBeNull();
        var file = world.Code.FindFile(project, branch, ".gitlab-ci.yml") is null ? FileActionKind.Create : FileActionKind.Update;
        var yaml = $"job:\n  tags: [{tag}]\n  parallel: {jobs}\n  image: alpine:3.22\n  services: [postgres:16]\n  script: [make]\nworkflow:\n  rules:\n    - if: $CI_PIPELINE_SOURCE != \"push\"\n";
        world.Apply(new CreateCommit(project.Id, branch, "CI", [new FileAction(file, ".gitlab-ci.yml", yaml)], 1)).Refusal.ShouldBeNull();
        return world.Apply(new RunPipeline(project.Id, branch, 1)).Get<Pipeline>();
    });

    /// <summary>Secret first, then ConfigMap and Deployment, as one would write them by hand.</summary>
    public static string Release(string name, Uri url, string token, int concurrent = 10, int limit = 0, int replicas = 1, string checksum = "1") => $$$"""
        apiVersion: v1
        kind: Secret
        metadata: {name: "{{{name}}}", namespace: gitlab-runner}
        data: {runner-token: "{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(token))}}}" }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: "{{{name}}}", namespace: gitlab-runner}
        data:
          config.toml: |
            concurrent = {{{concurrent}}}
          config.template.toml: |
            [[runners]]
              name = "{{{name}}}"
              url = "{{{url}}}"
              limit = {{{limit}}}
              [runners.kubernetes]
                namespace = "ci"
                memory_limit = "1Gi"
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: "{{{name}}}", namespace: gitlab-runner}
        spec:
          replicas: {{{replicas}}}
          selector: {matchLabels: {app: "{{{name}}}" } }
          template:
            metadata: {labels: {app: "{{{name}}}" }, annotations: {checksum: "{{{checksum}}}" } }
            spec:
              terminationGracePeriodSeconds: 3600
              containers:
                - {name: runner, image: "gitlab/gitlab-runner:alpine-v18.11.3"}
              volumes:
                - name: configuration
                  projected:
                    sources:
                      - secret: {name: "{{{name}}}" }
                      - configMap: {name: "{{{name}}}" }
        """.Replace("\r", "", StringComparison.Ordinal) + "\n";

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }

        await Inner.DisposeAsync();
    }
}
