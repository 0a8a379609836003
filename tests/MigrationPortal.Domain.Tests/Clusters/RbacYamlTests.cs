using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Domain.Shared;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.Tests.Clusters;

public sealed class RbacYamlTests
{
    private static readonly Cluster Cluster = new(
        1, "prod-a", new InstanceId("production"), new ConnectionFacts(ConnectionKind.Token, "10.0.0.1", null, null, "token", null, null), ["ci-jobs", "ci-big"], "gitlab-runner", [], 1);

    [Fact]
    public void Grant_OneRoleANamespace_WithResourcesOfTheSameVerbsTogether() =>
        RbacYaml.Grant(
            [
                new(PermissionUse.View, "", "pods", "list", "ci"), new(PermissionUse.View, "", "pods", "get", "ci"), new(PermissionUse.View, "", "events", "list", "ci"),
                new(PermissionUse.View, "", "secrets", "get", "ci"), new(PermissionUse.View, "", "configmaps", "get", "ci"),
            ],
            "system:serviceaccount:portal:viewer", "r").ShouldBe("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata:
              name: r
              namespace: ci
            rules:
            - apiGroups: [""]
              resources: ["configmaps", "secrets"]
              verbs: ["get"]
            - apiGroups: [""]
              resources: ["events"]
              verbs: ["list"]
            - apiGroups: [""]
              resources: ["pods"]
              verbs: ["get", "list"]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata:
              name: r
              namespace: ci
            roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: Role
              name: r
            subjects:
            - kind: ServiceAccount
              name: viewer
              namespace: portal

            """);

    [Fact]
    public void Grant_Nothing_IsNothing() => RbacYaml.Grant([], "u").ShouldBeEmpty();

    [Theory]
    [InlineData("cn: \"odd\" user", "cn: \"odd\" user")]
    [InlineData("system:node:a", "system:node:a")]
    public void Grant_AnyUserName_StaysOneYamlValue(string user, string read)
    {
        var binding = Documents(RbacYaml.Grant([new(PermissionUse.View, "", "nodes", "list", null)], user))[1];
        binding["kind"].ToString().ShouldBe("ClusterRoleBinding");
        binding["subjects"][0]["name"].ToString().ShouldBe(read);
    }

    [Fact]
    public void Grant_NobodyKnown_SaysWhereToWriteTheAccount() => RbacYaml.Grant([new(PermissionUse.View, "", "nodes", "list", null)], null).ShouldContain("REPLACE-ME");

    [Fact]
    public void RoleNames_DifferWithTheirRights_SoThatPastingTakesNothingAway()
    {
        string Name(string verb) => Documents(RbacYaml.Grant([new(PermissionUse.View, "", "pods", verb, "ci")], "u"))[0]["metadata"]["name"].ToString();
        Name("list").ShouldNotBe(Name("get"));
        Name("list").ShouldBe(Name("list"));
    }

    [Fact]
    public void Needed_AreUniqueAndNameEveryNamespace()
    {
        var needed = NeededPermissions.Of(Cluster);
        needed.Select(one => (one.Use, one.Group, one.Resource, one.Verb, one.Namespace)).ShouldBeUnique();
        foreach (var space in Cluster.Namespaces) needed.Count(one => one is { Resource: "pods", Use: PermissionUse.View } && one.Namespace == space).ShouldBe(3);
        needed.Where(one => one.Namespace is null).ShouldNotBeEmpty();
        needed.Where(one => one.Namespace is null).ShouldAllBe(one => one.Optional != null);
    }

    [Fact]
    public void ManagerRights_AreThoseOfTheContract_WithoutWhatIsNotReleased()
    {
        if (Readiness.KubernetesContract.Find("rbac", "runner-manager-role-19.4.yaml") is not { } path)
        {
            Assert.Skip("The contract data is not beside the repository.");
            return;
        }

        var role = Documents(File.ReadAllText(path))[0];
        foreach (var rule in ((YamlSequenceNode)role["rules"]).Children)
        {
            var resource = rule["resources"][0].ToString();
            // Only for suspendable environments, a flag of an unreleased version.
            if (resource is "configmaps" or "persistentvolumeclaims") continue;
            var verbs = ((YamlSequenceNode)rule["verbs"]).Children.Select(one => one.ToString()).Where(one => (resource, one) != ("namespaces", "get"));
            var ours = ManagerRights.All.Single(one => one.Group == rule["apiGroups"][0].ToString() && one.Resource == resource);
            ours.Verbs.Order().ShouldBe(verbs.Order(), resource);
        }
    }

    private static YamlNode[] Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(one => one.RootNode)];
    }
}
