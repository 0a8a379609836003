using System.Net;
using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Tests.Kubernetes;

/// <summary>All that a runner manager consists of, applied as the portal applies it.</summary>
public sealed class ManifestTests
{
    private const string Manifests = """
        apiVersion: v1
        kind: Namespace
        metadata: { name: ci, labels: { pod-security.kubernetes.io/enforce: baseline } }
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: { name: manager, namespace: ci }
        automountServiceAccountToken: true
        ---
        apiVersion: v1
        kind: Secret
        metadata: { name: token, namespace: ci }
        stringData: { runner-token: glrt-example, runner-registration-token: "" }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: config, namespace: ci }
        data: { config.toml: "concurrent = 10\n" }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: { name: manager, namespace: ci }
        rules: [{ apiGroups: [""], resources: [pods, pods/exec], verbs: [create, get] }]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: { name: manager, namespace: ci }
        roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: manager }
        subjects: [{ kind: ServiceAccount, name: manager, namespace: ci }]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: { name: jobs, namespace: ci }
        spec:
          podSelector: { matchExpressions: [{ key: job.runner.gitlab.com/pod, operator: Exists }] }
          policyTypes: [Ingress, Egress]
          egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [169.254.169.254/32] } }], ports: [{ port: 443 }] }]
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: { name: jobs, namespace: ci }
        spec: { hard: { pods: "100", requests.cpu: "0.5", limits.memory: 2048Mi } }
        ---
        apiVersion: v1
        kind: LimitRange
        metadata: { name: jobs, namespace: ci }
        spec: { limits: [{ type: Container, default: { cpu: 1000m, memory: 1024Mi }, defaultRequest: { cpu: 0.1, memory: 256Mi } }] }
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: { name: manager, namespace: ci }
        spec: { minAvailable: 1, selector: { matchLabels: { app: manager } } }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: metrics, namespace: ci }
        spec: { selector: { app: manager }, ports: [{ port: 9252 }] }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: manager, namespace: ci }
        spec:
          replicas: 1
          selector: { matchLabels: { app: manager } }
          template:
            metadata: { labels: { app: manager } }
            spec:
              serviceAccountName: manager
              terminationGracePeriodSeconds: 3600
              containers:
              - name: manager
                image: gitlab/gitlab-runner:alpine-v19.3.0
                ports: [{ containerPort: 9252, name: metrics }]
                env: [{ name: CI_SERVER_URL, value: https://gitlab.example.com }]
                resources: { requests: { cpu: 0.1, memory: 128Mi } }
                volumeMounts: [{ name: config, mountPath: /configmaps }, { name: secrets, mountPath: /secrets }]
              volumes:
              - { name: config, configMap: { name: config } }
              - { name: secrets, secret: { secretName: token } }
        ---
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: { name: jobs }
        value: 1000
        ---
        apiVersion: apps.gitlab.com/v1beta2
        kind: Runner
        metadata: { name: runner, namespace: ci }
        spec: { gitlabUrl: https://gitlab.example.com, token: token, config: config, concurrent: 10 }
        """;

    [Fact]
    public async Task ApplyingAllAgain_ChangesNothing()
    {
        await using var test = await StartAsync();
        var first = await ApplyAllAsync(test);
        test.Cluster.Controllers.Settle();
        var settled = test.Cluster.Objects.List("deployments.apps", "ci").Single()["metadata"]!["resourceVersion"]!.ToString();

        var second = await ApplyAllAsync(test);

        foreach (var (before, after) in first.Zip(second).Where(one => one.First["kind"]!.ToString() is not ("Deployment" or "ResourceQuota")))
        {
            after.ToJsonString().ShouldBe(before.ToJsonString());
        }

        test.Cluster.Objects.List("deployments.apps", "ci").Single()["metadata"]!["resourceVersion"]!.ToString().ShouldBe(settled);
    }

    [Fact]
    public async Task ApplyingDry_FirstAndLast_ShowsWhatWouldBe()
    {
        await using var test = await StartAsync();
        await ApplyAllAsync(test);
        test.Cluster.Objects.Change("configmaps", "ci", "config", one => one["data"]!["config.toml"] = "by hand", "kubectl");

        var map = Documents().Single(one => one["kind"]!.ToString() == "ConfigMap");
        using var refused = await test.SendAsync(HttpMethod.Patch, PathOf(map) + "?fieldManager=portal&dryRun=All", map.ToJsonString(), "application/apply-patch+yaml");
        using var forced = await test.SendAsync(HttpMethod.Patch, PathOf(map) + "?fieldManager=portal&dryRun=All&force=true", map.ToJsonString(), "application/apply-patch+yaml");

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await TestCluster.JsonOf(refused))["details"]!["causes"]![0]!["field"]!.ToString().ShouldBe(".data.config.toml");
        (await TestCluster.JsonOf(forced))["data"]!["config.toml"]!.ToString().ShouldBe("concurrent = 10\n");
        test.Cluster.Objects.Get("configmaps", "ci", "config")!["data"]!["config.toml"]!.ToString().ShouldBe("by hand");
    }

    [Fact]
    public async Task TheManager_ComesUp()
    {
        await using var test = await StartAsync();
        test.Cluster.Objects.Put("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"elsewhere"}}""");
        await ApplyAllAsync(test, without: "ResourceQuota");

        test.Cluster.Controllers.Settle();

        test.Cluster.Objects.Get("deployments.apps", "ci", "manager")!["status"]!["readyReplicas"]!.GetValue<int>().ShouldBe(1);
        var pod = test.Cluster.Objects.List("pods", "ci").ShouldHaveSingleItem();
        pod["spec"]!["containers"]![0]!["resources"]!["limits"]!.ToJsonString().ShouldBe("""{"cpu":"1","memory":"1Gi"}""");
        pod["spec"]!["serviceAccountName"]!.ToString().ShouldBe("manager");
    }

    private static async Task<TestCluster> StartAsync()
    {
        var test = await TestCluster.StartAsync();
        test.Cluster.Objects.Put(RunnerDefinition.Yaml);
        return test;
    }

    private static async Task<List<JsonObject>> ApplyAllAsync(TestCluster test, string? without = null)
    {
        var answers = new List<JsonObject>();
        foreach (var item in Documents().Where(one => one["kind"]!.ToString() != without))
        {
            using var answer = await test.SendAsync(HttpMethod.Patch, PathOf(item) + "?fieldManager=portal", item.ToJsonString(), "application/apply-patch+yaml");
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
            answers.Add(await TestCluster.JsonOf(answer));
        }

        return answers;
    }

    private static IEnumerable<JsonObject> Documents() => Yaml.Documents(Manifests).OfType<JsonObject>();

    private static string PathOf(JsonObject item)
    {
        var (version, kind) = (item["apiVersion"]!.ToString(), item["kind"]!.ToString().ToLowerInvariant());
        var root = version.Contains('/', StringComparison.Ordinal) ? $"/apis/{version}" : $"/api/{version}";
        var plural = kind.EndsWith('y') ? kind[..^1] + "ies" : kind.EndsWith('s') ? kind + "es" : kind + "s";
        var space = item["metadata"]!["namespace"] is { } name ? $"/namespaces/{name}" : "";
        return $"{root}{space}/{plural}/{item["metadata"]!["name"]}";
    }
}
