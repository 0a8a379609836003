using System.Net;
using k8s;
using k8s.Models;

namespace MigrationPortal.Tests.Kubernetes;

public sealed class AdmissionTests
{
    [Fact]
    public async Task Restricted_PlainPod_IsRefusedWithAllThatIsMissing()
    {
        await using var test = await StartAsync("enforce: restricted");

        var refusal = await TestCluster.RefusalOf(CreateAsync(test, Pod("build", "helper")), HttpStatusCode.Forbidden);

        refusal.Message.ShouldBe(
            "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false (containers \"build\", \"helper\" must set "
            + "securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (containers \"build\", \"helper\" must set "
            + "securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot != true (pod or containers \"build\", \"helper\" must set "
            + "securityContext.runAsNonRoot=true), seccompProfile (pod or containers \"build\", \"helper\" must set securityContext.seccompProfile.type to "
            + "\"RuntimeDefault\" or \"Localhost\")");
    }

    [Fact]
    public async Task Restricted_HardenedPod_IsTaken()
    {
        await using var test = await StartAsync("enforce: restricted");
        var pod = Pod("build");
        pod.Spec.SecurityContext = new V1PodSecurityContext { RunAsNonRoot = true, SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" } };
        pod.Spec.Containers[0].SecurityContext = new V1SecurityContext
        {
            AllowPrivilegeEscalation = false,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        };

        (await CreateAsync(test, pod)).Status.Phase.ShouldBe("Pending");
    }

    [Theory]
    [InlineData("privileged", "privileged (container \"build\" must not set securityContext.privileged=true)")]
    [InlineData("capability", "non-default capabilities (container \"build\" must not include \"NET_RAW\" in securityContext.capabilities.add)")]
    [InlineData("hostPath", "hostPath volumes (volume \"docker\")")]
    [InlineData("hostNetwork", "host namespaces (hostNetwork=true)")]
    [InlineData("sysctl", "forbidden sysctls (net.core.somaxconn)")]
    public async Task Baseline_RefusesWhatOpensTheNode(string what, string violation)
    {
        await using var test = await StartAsync("enforce: baseline");
        var pod = Pod("build");
        switch (what)
        {
            case "privileged": pod.Spec.Containers[0].SecurityContext = new V1SecurityContext { Privileged = true }; break;
            case "capability": pod.Spec.Containers[0].SecurityContext = new V1SecurityContext { Capabilities = new V1Capabilities { Add = ["NET_RAW"] } }; break;
            case "hostPath": pod.Spec.Volumes = [new V1Volume { Name = "docker", HostPath = new V1HostPathVolumeSource { Path = "/var/run" } }]; break;
            case "hostNetwork": pod.Spec.HostNetwork = true; break;
            case "sysctl": pod.Spec.SecurityContext = new V1PodSecurityContext { Sysctls = [new V1Sysctl { Name = "net.core.somaxconn", Value = "1" }] }; break;
        }

        (await TestCluster.RefusalOf(CreateAsync(test, pod), HttpStatusCode.Forbidden)).Message
            .ShouldBe($"pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": {violation}");
    }

    [Fact]
    public async Task Baseline_PingGroupRange_IsSafe()
    {
        await using var test = await StartAsync("enforce: baseline");
        var pod = Pod("build");
        pod.Spec.SecurityContext = new V1PodSecurityContext { Sysctls = [new V1Sysctl { Name = "net.ipv4.ping_group_range", Value = "0 65535" }] };

        (await CreateAsync(test, pod)).Metadata.Name.ShouldBe("p");
    }

    [Fact]
    public async Task Warn_OfADeployment_IsToldAndDone()
    {
        await using var test = await StartAsync("warn: restricted");

        using var answer = await test.SendAsync(HttpMethod.Post, "/apis/apps/v1/namespaces/ci/deployments", """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},
             "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.GetValues("Warning").ShouldHaveSingleItem().ShouldStartWith("299 - \"would violate PodSecurity \\\"restricted:latest\\\": allowPrivilegeEscalation");
    }

    [Fact]
    public async Task Quota_OfPodsAndRequests_IsHeld()
    {
        await using var test = await StartAsync("");
        test.Cluster.Objects.Put("""
            { apiVersion: v1, kind: ResourceQuota, metadata: { name: q, namespace: ci }, spec: { hard: { pods: "2", requests.cpu: "1" } } }
            """);

        var silent = await TestCluster.RefusalOf(CreateAsync(test, Pod("build")), HttpStatusCode.Forbidden);
        await CreateAsync(test, Asking("p1", "600m"));
        var over = await TestCluster.RefusalOf(CreateAsync(test, Asking("p2", "600m")), HttpStatusCode.Forbidden);
        await CreateAsync(test, Asking("p2", "100m"));
        var third = await TestCluster.RefusalOf(CreateAsync(test, Asking("p3", "100m")), HttpStatusCode.Forbidden);

        silent.Message.ShouldBe("pods \"p\" is forbidden: failed quota: q: must specify requests.cpu for: build");
        over.Message.ShouldBe("pods \"p2\" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1");
        third.Message.ShouldBe("pods \"p3\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2");
    }

    [Fact]
    public async Task LimitRange_GivesDefaultsAndHoldsTheMaximum()
    {
        await using var test = await StartAsync("");
        test.Cluster.Objects.Put("""
            apiVersion: v1
            kind: LimitRange
            metadata: { name: l, namespace: ci }
            spec: { limits: [{ type: Container, default: { cpu: 500m }, defaultRequest: { cpu: 100m }, max: { cpu: "1" } }] }
            """);
        var big = Pod("build");
        big.Spec.Containers[0].Resources = new V1ResourceRequirements { Limits = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("2") } };

        var given = await CreateAsync(test, Pod("build"));
        big.Metadata.Name = "big";
        var refusal = await TestCluster.RefusalOf(CreateAsync(test, big), HttpStatusCode.Forbidden);

        given.Spec.Containers[0].Resources.Requests["cpu"].ToString().ShouldBe("100m");
        given.Spec.Containers[0].Resources.Limits["cpu"].ToString().ShouldBe("500m");
        refusal.Message.ShouldBe("pods \"big\" is forbidden: maximum cpu usage per Container is 1, but limit is 2");
    }

    [Fact]
    public async Task Pod_IsGivenItsServiceAccountAndToken()
    {
        await using var test = await StartAsync("");

        var pod = await CreateAsync(test, Pod("build"));
        var noToken = Pod("build");
        (noToken.Metadata.Name, noToken.Spec.AutomountServiceAccountToken) = ("q", false);
        var bare = await CreateAsync(test, noToken);
        var stranger = Pod("build");
        (stranger.Metadata.Name, stranger.Spec.ServiceAccountName) = ("r", "nobody");
        var refusal = await TestCluster.RefusalOf(CreateAsync(test, stranger), HttpStatusCode.Forbidden);

        pod.Spec.ServiceAccountName.ShouldBe("default");
        pod.Spec.Containers[0].VolumeMounts.ShouldHaveSingleItem().MountPath.ShouldBe("/var/run/secrets/kubernetes.io/serviceaccount");
        bare.Spec.Volumes.ShouldBeNull();
        refusal.Message.ShouldBe("pods \"r\" is forbidden: error looking up service account ci/nobody: serviceaccount \"nobody\" not found");
    }

    [Fact]
    public async Task Role_GrantingMoreThanHeld_IsRefused()
    {
        await using var test = await StartAsync("");
        test.Cluster.AddToken("limited", "limited");
        test.Cluster.Objects.Put("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: { name: limited }
            rules:
            - { apiGroups: [rbac.authorization.k8s.io], resources: [roles, rolebindings], verbs: [get, create] }
            - { apiGroups: [""], resources: [pods], verbs: [get] }
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: { name: limited }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: limited }
            subjects: [{ kind: User, name: limited, apiGroup: rbac.authorization.k8s.io }]
            """);
        using var limited = test.ClientOf("limited");

        var refusal = await TestCluster.RefusalOf(limited.RbacAuthorizationV1.CreateNamespacedRoleAsync(Role("get", "create", "list"), "ci"), HttpStatusCode.Forbidden);
        await limited.RbacAuthorizationV1.CreateNamespacedRoleAsync(Role("get"), "ci");

        refusal.Message.ShouldBe(
            "roles.rbac.authorization.k8s.io \"r\" is forbidden: user \"limited\" (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions "
            + "not currently held:\n{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"create\" \"list\"]}");
    }

    private static V1Role Role(params string[] verbs) => new()
    {
        Metadata = new V1ObjectMeta { Name = "r" },
        Rules = [new V1PolicyRule { ApiGroups = [""], Resources = ["pods"], Verbs = verbs }],
    };

    private static async Task<TestCluster> StartAsync(string label)
    {
        var test = await TestCluster.StartAsync();
        test.Cluster.Objects.Put($$"""
            apiVersion: v1
            kind: Namespace
            metadata: { name: ci, labels: { {{(label.Length == 0 ? "" : $"pod-security.kubernetes.io/{label}")}} } }
            """);
        return test;
    }

    private static V1Pod Pod(params string[] containers) => new()
    {
        Metadata = new V1ObjectMeta { Name = "p" },
        Spec = new V1PodSpec { Containers = [.. containers.Select(name => new V1Container { Name = name, Image = "busybox" })] },
    };

    private static V1Pod Asking(string name, string cpu)
    {
        var pod = Pod("build");
        pod.Metadata.Name = name;
        pod.Spec.Containers[0].Resources = new V1ResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new(cpu) } };
        return pod;
    }

    private static Task<V1Pod> CreateAsync(TestCluster test, V1Pod pod) => test.Admin.CoreV1.CreateNamespacedPodAsync(pod, "ci");
}
