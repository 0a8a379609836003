using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace MigrationPortal.Tests.Kubernetes;

public sealed class WriteTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";

    private const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"app":"web"}},
         "spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
         "spec":{"containers":[{"name":"web","image":"nginx:1.27","ports":[{"containerPort":80}],"resources":{"requests":{"cpu":"0.5","memory":"1024Mi"}}}]}}}}
        """;

    [Fact]
    public async Task Create_Twice_Is409()
    {
        await using var test = await TestCluster.StartAsync();
        var map = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "m" } };
        await test.Admin.CoreV1.CreateNamespacedConfigMapAsync(map, "default");

        var refusal = await TestCluster.RefusalOf(test.Admin.CoreV1.CreateNamespacedConfigMapAsync(map, "default"), HttpStatusCode.Conflict);

        (refusal.Reason, refusal.Message).ShouldBe(("AlreadyExists", "configmaps \"m\" already exists"));
        (refusal.Details.Name, refusal.Details.Kind).ShouldBe(("m", "configmaps"));
    }

    [Fact]
    public async Task Create_InNoNamespace_Is404()
    {
        await using var test = await TestCluster.StartAsync();

        var refusal = await TestCluster.RefusalOf(
            test.Admin.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "m" } }, "nowhere"), HttpStatusCode.NotFound);

        refusal.Message.ShouldBe("namespaces \"nowhere\" not found");
    }

    [Fact]
    public async Task Create_GenerateName_MakesNamesApart()
    {
        await using var test = await TestCluster.StartAsync();
        var map = new V1ConfigMap { Metadata = new V1ObjectMeta { GenerateName = "m-" } };

        var one = await test.Admin.CoreV1.CreateNamespacedConfigMapAsync(map, "default");
        var other = await test.Admin.CoreV1.CreateNamespacedConfigMapAsync(map, "default");

        one.Metadata.Name.ShouldMatch("^m-[a-z0-9]{5}$");
        other.Metadata.Name.ShouldNotBe(one.Metadata.Name);
    }

    [Fact]
    public async Task Replace_StaleVersion_Is409()
    {
        await using var test = await TestCluster.StartAsync();
        var read = await test.ApplyAsync("portal", "m", """{"a":"1"}""");
        await test.ApplyAsync("portal", "m", """{"a":"2"}""");

        read.Data["a"] = "3";
        var refusal = await TestCluster.RefusalOf(test.Admin.CoreV1.ReplaceNamespacedConfigMapAsync(read, "m", "default"), HttpStatusCode.Conflict);

        refusal.Message.ShouldBe(
            "Operation cannot be fulfilled on configmaps \"m\": the object has been modified; please apply your changes to the latest version and try again");
    }

    [Fact]
    public async Task Deployment_Created_HasTheServersDefaultsAndOwners()
    {
        await using var test = await TestCluster.StartAsync();

        using var answer = await test.SendAsync(HttpMethod.Post, Deployments + "?fieldManager=kubectl", Deployment);
        var made = await TestCluster.JsonOf(answer);

        made["spec"]!["strategy"]!.ToJsonString().ShouldBe("""{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}}""");
        made["spec"]!["template"]!["spec"]!["containers"]![0]!["resources"]!.ToJsonString().ShouldBe("""{"requests":{"cpu":"500m","memory":"1Gi"}}""");
        made["metadata"]!["generation"]!.GetValue<int>().ShouldBe(1);
        JsonNode.DeepEquals(JsonNode.Parse(TestCluster.FieldsOf(made, "kubectl", "Update")), JsonNode.Parse("""
            {"f:metadata":{"f:labels":{".":{},"f:app":{}}},
             "f:spec":{"f:progressDeadlineSeconds":{},"f:replicas":{},"f:revisionHistoryLimit":{},"f:selector":{},
              "f:strategy":{"f:rollingUpdate":{".":{},"f:maxSurge":{},"f:maxUnavailable":{}},"f:type":{}},
              "f:template":{"f:metadata":{"f:labels":{".":{},"f:app":{}}},
               "f:spec":{"f:containers":{"k:{\"name\":\"web\"}":{".":{},"f:image":{},"f:imagePullPolicy":{},"f:name":{},
                 "f:ports":{".":{},"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{},"f:protocol":{}}},
                 "f:resources":{".":{},"f:requests":{".":{},"f:cpu":{},"f:memory":{}}},
                 "f:terminationMessagePath":{},"f:terminationMessagePolicy":{}}},
                "f:dnsPolicy":{},"f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{},"f:terminationGracePeriodSeconds":{}}}}}
            """)).ShouldBeTrue(TestCluster.FieldsOf(made, "kubectl", "Update"));
    }

    [Fact]
    public async Task Deployment_SelectorChanged_IsImmutable()
    {
        await using var test = await TestCluster.StartAsync();
        using var made = await test.SendAsync(HttpMethod.Post, Deployments, Deployment);

        using var answer = await test.SendAsync(HttpMethod.Patch, Deployments + "/web",
            """{"spec":{"selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x"}}}}}""", "application/merge-patch+json");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await TestCluster.JsonOf(answer))["message"]!.ToString().ShouldBe(
            "Deployment.apps \"web\" is invalid: spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"x\"}}: field is immutable");
    }

    [Theory]
    [InlineData("application/strategic-merge-patch+json", """{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"nginx:2"}]}}}}""", "web=nginx:2")]
    [InlineData("application/strategic-merge-patch+json", """{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"s:1"}]}}}}""", "web=nginx:1.27,side=s:1")]
    [InlineData("application/strategic-merge-patch+json", """{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"s:1"},{"name":"web","$patch":"delete"}]}}}}""", "side=s:1")]
    [InlineData("application/merge-patch+json", """{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"s:1"}]}}}}""", "side=s:1")]
    [InlineData("application/json-patch+json", """[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"nginx:3"}]""", "web=nginx:3")]
    public async Task Patch_OfEachKind_ChangesContainers(string media, string patch, string images)
    {
        await using var test = await TestCluster.StartAsync();
        using var made = await test.SendAsync(HttpMethod.Post, Deployments, Deployment);

        using var answer = await test.SendAsync(HttpMethod.Patch, Deployments + "/web", patch, media);
        var web = await TestCluster.JsonOf(answer);

        string.Join(',', web["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Select(one => $"{one!["name"]}={one["image"]}")).ShouldBe(images);
        web["metadata"]!["generation"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Scale_IsReadAndWrittenApart()
    {
        await using var test = await TestCluster.StartAsync();
        using var made = await test.SendAsync(HttpMethod.Post, Deployments, Deployment);

        var scaled = await test.Admin.AppsV1.PatchNamespacedDeploymentScaleAsync(
            new V1Patch("""{"spec":{"replicas":3}}""", V1Patch.PatchType.MergePatch), "web", "default", fieldManager: "scaler");

        scaled.Spec.Replicas.ShouldBe(3);
        (await test.Admin.AppsV1.ReadNamespacedDeploymentAsync("web", "default")).Spec.Replicas.ShouldBe(3);
        var entry = test.Cluster.Objects.Get("deployments.apps", "default", "web")!["metadata"]!["managedFields"]!.AsArray()
            .Single(one => one!["subresource"]?.ToString() == "scale")!;
        entry["fieldsV1"]!.ToJsonString().ShouldBe("""{"f:spec":{"f:replicas":{}}}""");
    }

    [Fact]
    public async Task Apply_OfAReplicaCountOwnedByScale_NamesTheSubresource()
    {
        await using var test = await TestCluster.StartAsync();
        using var made = await test.SendAsync(HttpMethod.Post, Deployments, Deployment);
        await test.Admin.AppsV1.PatchNamespacedDeploymentScaleAsync(
            new V1Patch("""{"spec":{"replicas":3}}""", V1Patch.PatchType.MergePatch), "web", "default", fieldManager: "scaler");

        var refusal = await TestCluster.RefusalOf(test.Admin.AppsV1.PatchNamespacedDeploymentAsync(
            new V1Patch("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":1}}""", V1Patch.PatchType.ApplyPatch),
            "web", "default", fieldManager: "portal"), HttpStatusCode.Conflict);

        refusal.Message.ShouldBe("Apply failed with 1 conflict: conflict with \"scaler\" with subresource \"scale\" using apps/v1: .spec.replicas");
    }

    [Fact]
    public async Task Delete_WithFinalizer_WaitsForIt()
    {
        await using var test = await TestCluster.StartAsync();
        test.Cluster.Objects.Put("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","namespace":"default","finalizers":["example.com/hold"]}}""");

        await test.Admin.CoreV1.DeleteNamespacedConfigMapAsync("m", "default");
        var marked = await test.Admin.CoreV1.ReadNamespacedConfigMapAsync("m", "default");
        await test.Admin.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch("""{"metadata":{"finalizers":null}}""", V1Patch.PatchType.MergePatch), "m", "default");

        marked.Metadata.DeletionTimestamp.ShouldNotBeNull();
        await TestCluster.RefusalOf(test.Admin.CoreV1.ReadNamespacedConfigMapAsync("m", "default"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_OfAnotherThanMeant_Is409()
    {
        await using var test = await TestCluster.StartAsync();
        await test.ApplyAsync("portal", "m", "{}");

        var refusal = await TestCluster.RefusalOf(test.Admin.CoreV1.DeleteNamespacedConfigMapAsync(
            "m", "default", new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = "other" } }), HttpStatusCode.Conflict);

        refusal.Message.ShouldStartWith("Operation cannot be fulfilled on configmaps \"m\": Precondition failed: UID in precondition: other, UID in object meta: ");
    }

    [Fact]
    public async Task DryRun_OfEveryWrite_ChangesNothing()
    {
        await using var test = await TestCluster.StartAsync();
        await test.ApplyAsync("portal", "m", """{"a":"1"}""");
        var before = (await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default")).Metadata.ResourceVersion;

        using var created = await test.SendAsync(HttpMethod.Post, Maps + "?dryRun=All", """{"metadata":{"name":"n"}}""");
        using var patched = await test.SendAsync(HttpMethod.Patch, Maps + "/m?dryRun=All", """{"data":{"a":"2"}}""", "application/merge-patch+json");
        using var replaced = await test.SendAsync(HttpMethod.Put, Maps + "/m?dryRun=All", """{"metadata":{"name":"m"}}""");
        using var deleted = await test.SendAsync(HttpMethod.Delete, Maps + "/m?dryRun=All");

        (created.StatusCode, patched.StatusCode, replaced.StatusCode, deleted.StatusCode)
            .ShouldBe((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK));
        var list = await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default");
        list.Metadata.ResourceVersion.ShouldBe(before);
        list.Items.Single(one => one.Metadata.Name == "m").Data["a"].ShouldBe("1");
    }

    [Fact]
    public async Task Secret_StringData_BecomesData()
    {
        await using var test = await TestCluster.StartAsync();

        var secret = await test.Admin.CoreV1.CreateNamespacedSecretAsync(new V1Secret
        {
            Metadata = new V1ObjectMeta { Name = "s" },
            StringData = new Dictionary<string, string> { ["k"] = "plain" },
        }, "default");

        secret.Data["k"].ShouldBe("plain"u8.ToArray());
        secret.StringData.ShouldBeNull();
        secret.Type.ShouldBe("Opaque");
    }

    [Theory]
    [InlineData("secrets", """{"kind":"Secret","metadata":{"name":"s"},"data":{"k":"!"}}""", 400, "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 0")]
    [InlineData("secrets", """{"kind":"Secret","metadata":{"name":"s"},"type":"kubernetes.io/dockerconfigjson"}""", 422, "Secret \"s\" is invalid: data[.dockerconfigjson]: Required value")]
    [InlineData("configmaps", """{"kind":"ConfigMap","metadata":{"name":"Bad"}}""", 422, "ConfigMap \"Bad\" is invalid: metadata.name: Invalid value: \"Bad\": a lowercase RFC 1123 subdomain must consist of*")]
    [InlineData("configmaps", """{"kind":"ConfigMap","metadata":{"name":"m","labels":{"a":"b c"}}}""", 422, "ConfigMap \"m\" is invalid: metadata.labels: Invalid value: \"b c\": a valid label must be an empty string or consist of*")]
    [InlineData("configmaps", """{"kind":"Secret","metadata":{"name":"m"}}""", 400, "*")]
    [InlineData("configmaps", """{"kind":"ConfigMap","metadata":{"name":"m"},"data":{"a":1}}""", 400, "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string")]
    [InlineData("pods", """{"kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c"}]}}""", 422, "Pod \"p\" is invalid: spec.containers[0].image: Required value")]
    [InlineData("pods", """{"kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i","volumeMounts":[{"name":"v","mountPath":"/v"}]}]}}""", 422, "Pod \"p\" is invalid: spec.containers[0].volumeMounts[0].name: Not found: \"v\"")]
    [InlineData("pods", """{"kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"2"},"limits":{"cpu":"1"}}}]}}""", 422, "Pod \"p\" is invalid: spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1")]
    [InlineData("pods", """{"kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"much"}}}]}}""", 400, "Pod in version \"v1\" cannot be handled as a Pod: quantities must match the regular expression*")]
    public async Task Create_Malformed_IsRefusedInTheServersWords(string resource, string body, int code, string message)
    {
        await using var test = await TestCluster.StartAsync();
        test.Complete = one => one.Ensure(("apiVersion", "v1"));

        using var answer = await test.SendAsync(HttpMethod.Post, $"/api/v1/namespaces/default/{resource}", body);
        var status = await TestCluster.JsonOf(answer);

        ((int)answer.StatusCode).ShouldBe(code, status.ToJsonString());
        Matches(status["message"]!.ToString(), message).ShouldBeTrue(status["message"]!.ToString());
    }

    [Fact]
    public async Task ListItems_OfBuiltInKinds_CarryNoKind()
    {
        await using var test = await TestCluster.StartAsync();

        using var answer = await test.SendAsync(HttpMethod.Get, Maps);
        var list = await TestCluster.JsonOf(answer);

        (list["kind"]!.ToString(), list["apiVersion"]!.ToString()).ShouldBe(("ConfigMapList", "v1"));
        list["items"]![0]!.AsObject().ContainsKey("kind").ShouldBeFalse();
    }

    [Fact]
    public async Task DeleteCollection_TakesWhatIsSelected()
    {
        await using var test = await TestCluster.StartAsync();
        foreach (var name in (string[])["a", "b"])
        {
            test.Cluster.Objects.Put($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"labels":{"of":"{{{name}}}"},"name":"{{{name}}}","namespace":"default"}}""");
        }

        await test.Admin.CoreV1.DeleteCollectionNamespacedConfigMapAsync("default", labelSelector: "of=a");

        (await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default")).Items.Select(one => one.Metadata.Name).ShouldBe(["b", "kube-root-ca.crt"]);
    }

    private static bool Matches(string text, string form) =>
        form.EndsWith('*') ? text.StartsWith(form[..^1], StringComparison.Ordinal) : text == form;
}
