using System.Net;
using k8s;
using k8s.Models;

namespace MigrationPortal.Tests.Kubernetes;

public sealed class ClusterAccessTests
{
    [Fact]
    public async Task WithoutRights_Is403InTheServersWords()
    {
        await using var test = await TestCluster.StartAsync();
        test.Cluster.AddToken("reader", "x");
        using var reader = test.ClientOf("reader");

        var list = await TestCluster.RefusalOf(reader.CoreV1.ListNamespacedPodAsync("y"), HttpStatusCode.Forbidden);
        var read = await TestCluster.RefusalOf(reader.AppsV1.ReadNamespacedDeploymentAsync("d", "y"), HttpStatusCode.Forbidden);

        list.Message.ShouldBe("pods is forbidden: User \"x\" cannot list resource \"pods\" in API group \"\" in the namespace \"y\"");
        read.Message.ShouldBe(
            "deployments.apps \"d\" is forbidden: User \"x\" cannot get resource \"deployments\" in API group \"apps\" in the namespace \"y\"");
    }

    [Fact]
    public async Task UnknownToken_Is401()
    {
        await using var test = await TestCluster.StartAsync();
        using var stranger = test.ClientOf("nobody");

        (await TestCluster.RefusalOf(stranger.CoreV1.ListNamespaceAsync(), HttpStatusCode.Unauthorized)).Message.ShouldBe("Unauthorized");
    }

    [Fact]
    public async Task AccessReview_AnswersByTheSameRules()
    {
        await using var test = await TestCluster.StartAsync();
        test.Cluster.AddServiceAccountToken("sa", "ci", "manager");
        test.Cluster.Objects.Put("""
            apiVersion: v1
            kind: Namespace
            metadata: { name: ci }
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: { name: manager, namespace: ci }
            rules:
            - { apiGroups: [""], resources: [pods, pods/log], verbs: [get, list, watch] }
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: { name: manager, namespace: ci }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: manager }
            subjects:
            - { kind: ServiceAccount, name: manager, namespace: ci }
            """);
        using var manager = test.ClientOf("sa");

        (await May(manager, "list", "pods", "ci")).ShouldBeTrue();
        (await May(manager, "get", "pods", "ci", "log")).ShouldBeTrue();
        (await May(manager, "create", "pods", "ci")).ShouldBeFalse();
        (await May(manager, "list", "pods", "default")).ShouldBeFalse();
        (await manager.CoreV1.ListNamespacedPodAsync("ci")).Items.ShouldBeEmpty();
        await TestCluster.RefusalOf(manager.CoreV1.ListPodForAllNamespacesAsync(), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Apply_OfWhatIsNotThere_NeedsTheRightToCreate()
    {
        await using var test = await TestCluster.StartAsync();
        test.Cluster.AddToken("patcher", "patcher");
        test.Cluster.Objects.Put("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: { name: patcher, namespace: default }
            rules: [{ apiGroups: [""], resources: [configmaps], verbs: [get, patch] }]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: { name: patcher, namespace: default }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: patcher }
            subjects: [{ kind: User, name: patcher }]
            """);
        using var patcher = test.ClientOf("patcher");
        var patch = new V1Patch("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m"},"data":{"a":"1"}}""", V1Patch.PatchType.ApplyPatch);

        var refusal = await TestCluster.RefusalOf(
            patcher.CoreV1.PatchNamespacedConfigMapAsync(patch, "m", "default", fieldManager: "p"), HttpStatusCode.Forbidden);
        await test.ApplyAsync("other", "m", "{}");
        await patcher.CoreV1.PatchNamespacedConfigMapAsync(patch, "m", "default", fieldManager: "p");

        refusal.Message.ShouldBe(
            "configmaps \"m\" is forbidden: User \"patcher\" cannot create resource \"configmaps\" in API group \"\" in the namespace \"default\"");
    }

    [Fact]
    public async Task Https_IsTrustedByTheClustersOwnAuthority()
    {
        await using var test = await TestCluster.StartAsync(new MigrationPortal.Kubernetes.KubernetesOptions { Https = true });

        test.Cluster.Url.Scheme.ShouldBe("https");
        test.Cluster.CaPem.ShouldNotBeNull().ShouldStartWith("-----BEGIN CERTIFICATE-----");
        (await test.Admin.CoreV1.ListNamespaceAsync()).Items.Select(one => one.Metadata.Name).ShouldContain("kube-system");
        (await test.Admin.Version.GetCodeAsync()).Minor.ShouldBe("36");
    }

    private static async Task<bool> May(k8s.Kubernetes client, string verb, string resource, string space, string? below = null)
    {
        var review = await client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(new V1SelfSubjectAccessReview
        {
            Spec = new V1SelfSubjectAccessReviewSpec
            {
                ResourceAttributes = new V1ResourceAttributes
                {
                    Verb = verb,
                    Resource = resource,
                    NamespaceProperty = space,
                    Group = "",
                    Subresource = below,
                },
            },
        });
        return review.Status.Allowed;
    }
}
