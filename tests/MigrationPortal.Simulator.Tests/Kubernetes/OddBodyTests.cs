using System.Text.Json.Nodes;

namespace MigrationPortal.Tests.Kubernetes;

/// <summary>Whatever is sent, the answer is a refusal with its reason, and never a fault.</summary>
public sealed class OddBodyTests
{
    private static readonly string[] Bodies =
    [
        "", "[]", "5", "\"x\"", "{", "null", "{}", "a: b: c", "- x",
        """{"metadata":5}""", """{"metadata":[]}""", """{"metadata":null}""", """{"metadata":{"name":5}}""", """{"metadata":{"name":""}}""",
        """{"metadata":{"name":"m","labels":[]}}""", """{"metadata":{"name":"m","labels":{"a":5}}}""", """{"metadata":{"name":"m","labels":{"a":null,"b/c/d":"x"}}}""",
        """{"metadata":{"name":"m","finalizers":"x"}}""", """{"metadata":{"name":"m","managedFields":[5,"x",{}]}}""",
        """{"metadata":{"name":"m","ownerReferences":[{"uid":5}]}}""", """{"kind":5,"apiVersion":[],"metadata":{"name":"m"}}""",
        """{"metadata":{"name":"m"},"spec":[]}""", """{"metadata":{"name":"m"},"spec":"x"}""", """{"metadata":{"name":"m"},"spec":{"template":[],"selector":5}}""",
        """{"metadata":{"name":"m"},"spec":{"template":{"spec":{"containers":[5,null,[],{"name":[]}]}},"selector":{"matchLabels":[]}}}""",
        """{"metadata":{"name":"m"},"data":[1]}""", """{"metadata":{"name":"m"},"data":{"a":{"b":1}}}""", """{"metadata":{"name":"m","name":"m"}}""",
        """{"metadata":{"name":"m"},"status":5}""", """{"metadata":{"name":"m"},"rules":[5],"roleRef":[],"subjects":{"a":1}}""",
    ];

    private static readonly string[] Patches =
        [.. Bodies, """[{"op":"add"}]""", """[{"op":"x","path":"/a"}]""", """[{"op":"remove","path":"/nowhere/at/all"}]""", """[5]""",
         """{"spec":{"template":{"spec":{"containers":[{"image":"x"}]}}}}""", """{"metadata":{"$patch":"replace"}}""", """{"$setElementOrder/x":[1]}"""];

    [Theory]
    [InlineData("/api/v1/namespaces/default/configmaps")]
    [InlineData("/api/v1/namespaces/default/pods")]
    [InlineData("/apis/apps/v1/namespaces/default/deployments")]
    [InlineData("/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings")]
    [InlineData("/apis/apiextensions.k8s.io/v1/customresourcedefinitions")]
    [InlineData("/apis/apps.gitlab.com/v1beta2/namespaces/default/runners")]
    [InlineData("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")]
    public async Task Post_Anything_IsNoFault(string path)
    {
        await using var test = await StartAsync();

        foreach (var body in Bodies)
        {
            await CheckAsync(test, HttpMethod.Post, path, body, "application/json");
            await CheckAsync(test, HttpMethod.Delete, path + "/m", null, "application/json");
        }
    }

    [Theory]
    [InlineData("application/merge-patch+json")]
    [InlineData("application/strategic-merge-patch+json")]
    [InlineData("application/json-patch+json")]
    [InlineData("application/apply-patch+yaml")]
    [InlineData("text/plain")]
    public async Task Patch_WithAnything_IsNoFault(string media)
    {
        await using var test = await StartAsync();
        test.Cluster.Objects.Put("""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"m","namespace":"default"},"spec":{"selector":{"matchLabels":{"a":"b"}},
             "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);
        test.Cluster.Objects.Put("""{"apiVersion":"apps.gitlab.com/v1beta2","kind":"Runner","metadata":{"name":"m","namespace":"default"},"spec":{"gitlabUrl":"u","token":"t"}}""");

        foreach (var body in Patches)
        {
            await CheckAsync(test, HttpMethod.Patch, "/apis/apps/v1/namespaces/default/deployments/m?fieldManager=f", body, media);
            await CheckAsync(test, HttpMethod.Patch, "/apis/apps.gitlab.com/v1beta2/namespaces/default/runners/m?fieldManager=f", body, media);
            await CheckAsync(test, HttpMethod.Put, "/apis/apps/v1/namespaces/default/deployments/m", body, "application/json");
        }
    }

    [Theory]
    [InlineData("/api/v1/pods?labelSelector=a%20b%20c")]
    [InlineData("/api/v1/pods?fieldSelector=spec.color%3Dred")]
    [InlineData("/api/v1/pods?limit=many")]
    [InlineData("/api/v1/pods?continue=!!!")]
    [InlineData("/api/v1/pods?resourceVersion=latest")]
    [InlineData("/api/v1/namespaces/default/pods/a/b/c/d")]
    [InlineData("/apis/nowhere/v1/things")]
    [InlineData("/api/v1/namespaces/default/nodes")]
    [InlineData("/api/v1//pods")]
    public async Task Get_Anything_IsARefusalWithItsReason(string path)
    {
        await using var test = await StartAsync();

        await CheckAsync(test, HttpMethod.Get, path, null, "application/json", refused: true);
    }

    private static async Task<TestCluster> StartAsync()
    {
        var test = await TestCluster.StartAsync();
        test.Cluster.Objects.Put(MigrationPortal.Kubernetes.RunnerDefinition.Yaml);
        return test;
    }

    // An apply of what is not declared is a 500 on a real server too, but one without a reason.
    private static async Task CheckAsync(TestCluster test, HttpMethod method, string path, string? body, string media, bool refused = false)
    {
        using var answer = await test.SendAsync(method, path, body, media);
        var text = await answer.Content.ReadAsStringAsync();
        var json = JsonNode.Parse(text)!.AsObject();
        var about = $"{method} {path} {media} {body}: {text}";
        json["reason"]?.ToString().ShouldNotBe("InternalError", about);
        if (refused || !answer.IsSuccessStatusCode)
        {
            json["kind"]!.ToString().ShouldBe("Status", about);
            json["code"]!.GetValue<int>().ShouldBe((int)answer.StatusCode, about);
            json["message"]!.ToString().ShouldNotBeEmpty(about);
        }
    }
}
