using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Infrastructure.Clusters;

namespace MigrationPortal.Infrastructure.Tests.Clusters;

public sealed class KubernetesGatewayTests
{
    private static readonly KubernetesGateway Gateway = new(SeededCluster.Doors());

    [Fact]
    public async Task Probe_TokenAndKubeconfig_TellVersionAndUser()
    {
        await using var cluster = await SeededCluster.StartAsync();
        foreach (var access in (ClusterAccess[])[cluster.Access, new ClusterAccess.Kubeconfig(cluster.Server.Kubeconfig(SeededCluster.Token), "cluster")])
        {
            var probe = await Gateway.ProbeAsync(access, default);
            (probe.Trouble, probe.User).ShouldBe((null, "portal"));
            probe.Version.ShouldNotBeNull().ShouldStartWith("v1.");
        }
    }

    [Fact]
    public async Task Probe_WhatIsWrong_IsSaidWithoutTheToken()
    {
        await using var cluster = await SeededCluster.StartAsync();
        await using var other = await SeededCluster.StartAsync();
        var url = cluster.Server.Url.ToString();
        var wrong = new (ClusterAccess Access, TroubleKind Kind)[]
        {
            (new ClusterAccess.Token(url, "some-secret", cluster.Server.CaPem), TroubleKind.Credentials),
            (new ClusterAccess.Token(url, "some-secret", other.Server.CaPem), TroubleKind.Certificate),
            (new ClusterAccess.Token(url, "some-secret", null), TroubleKind.Certificate),
            (new ClusterAccess.Token("https://127.0.0.1:9", "some-secret", cluster.Server.CaPem), TroubleKind.Unreachable),
            (new ClusterAccess.Token("https://no-such-host.invalid", "some-secret", cluster.Server.CaPem), TroubleKind.Unreachable),
            (new ClusterAccess.InCluster(), TroubleKind.Credentials),
        };
        foreach (var (access, kind) in wrong)
        {
            var trouble = (await Gateway.ProbeAsync(access, default)).Trouble.ShouldNotBeNull();
            trouble.Kind.ShouldBe(kind, trouble.Sentence);
            trouble.Sentence.ShouldNotContain("some-secret");
        }
    }

    [Fact]
    public async Task Review_NarrowRole_MissesExactlyTheRest_AndTheManifestsGrantIt()
    {
        await using var cluster = await SeededCluster.StartAsync();
        cluster.Server.AddToken("narrow", "system:serviceaccount:gitlab-runner:portal", "system:serviceaccounts");
        var access = new ClusterAccess.Token(cluster.Server.Url.ToString(), "narrow", cluster.Server.CaPem);
        var needed = NeededPermissions.Of(cluster.Cluster());
        cluster.Server.Objects.Put(RbacYaml.Grant(needed.Where(one => one.Resource == "pods"), "system:serviceaccount:gitlab-runner:portal"));

        var answers = await Gateway.ReviewAsync(access, needed, default);
        answers.Select(one => one.Permission).ShouldBe(needed);
        answers.Where(one => one.IsGranted).Select(one => one.Permission.Resource).Distinct().ShouldBe(["pods"]);

        var missing = answers.Where(one => !one.IsGranted).Select(one => one.Permission).ToList();
        cluster.Server.Objects.Put(RbacYaml.Grant(missing, "system:serviceaccount:gitlab-runner:portal"));
        (await Gateway.ReviewAsync(access, needed, default)).ShouldAllBe(one => one.IsGranted);
    }

    [Fact]
    public async Task Review_ClusterAdministrator_IsAskedOnceANamespace()
    {
        await using var cluster = await SeededCluster.StartAsync();
        (await Gateway.ReviewAsync(cluster.Access, NeededPermissions.Of(cluster.Cluster()), default)).ShouldAllBe(one => one.IsGranted);
        cluster.Server.Faults.CountOf("create", "selfsubjectaccessreviews").ShouldBe(3, "two namespaces and the whole cluster");
    }

    [Fact]
    public async Task Operator_IsThereOnceItsDefinitionIs()
    {
        await using var cluster = await SeededCluster.StartAsync();
        (await Gateway.HasOperatorAsync(cluster.Access, default)).ShouldBe(false);
        cluster.Server.Objects.Put("""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"runners.apps.gitlab.com"},
             "spec":{"group":"apps.gitlab.com","scope":"Namespaced","names":{"plural":"runners","singular":"runner","kind":"Runner"},
                     "versions":[{"name":"v1beta2","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """);
        (await Gateway.HasOperatorAsync(cluster.Access, default)).ShouldBe(true);
    }
}
