using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MigrationPortal.Kubernetes;
using MigrationPortal.Testing;

namespace MigrationPortal.Tests.Kubernetes;

public sealed class CustomResourceTests
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: boats.example.com }
        spec:
          group: example.com
          scope: Namespaced
          names: { kind: Boat, plural: boats }
          versions:
          - &v1
            name: v1
            served: true
            storage: true
            subresources: { status: {} }
            schema:
              openAPIV3Schema:
                type: object
                required: [spec]
                properties:
                  spec:
                    type: object
                    required: [name]
                    properties:
                      name: { type: string, pattern: '^[a-z]+$', maxLength: 10 }
                      length: { type: integer, minimum: 1, maximum: 100, default: 7 }
                      kind: { type: string, enum: [sail, motor] }
                      crew:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [role]
                        items:
                          type: object
                          required: [role]
                          properties: { role: { type: string }, who: { type: string } }
                      flags: { type: array, x-kubernetes-list-type: set, items: { type: string } }
                      free: { type: object, x-kubernetes-preserve-unknown-fields: true }
                  status: { type: object, properties: { afloat: { type: boolean } } }
          - { <<: *v1, name: v2, storage: false }
        """;

    [Fact]
    public async Task Create_UnknownField_IsPrunedWithAWarning()
    {
        await using var test = await StartAsync();

        using var answer = await test.SendAsync(HttpMethod.Post, Boats, """{"spec":{"name":"a","lenght":3,"free":{"any":1}}}""");
        var boat = await TestCluster.JsonOf(answer);

        boat["spec"]!.ToJsonString().ShouldBe("""{"name":"a","free":{"any":1},"length":7}""");
        answer.Headers.GetValues("Warning").ShouldBe(["299 - \"unknown field \\\"spec.lenght\\\"\""]);
    }

    [Fact]
    public async Task Create_UnknownFieldStrict_Is400()
    {
        await using var test = await StartAsync();

        using var answer = await test.SendAsync(HttpMethod.Post, Boats + "?fieldValidation=Strict", """{"spec":{"name":"a","lenght":3}}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await TestCluster.JsonOf(answer))["message"]!.ToString().ShouldBe(
            "Boat in version \"v1\" cannot be handled as a Boat: strict decoding error: unknown field \"spec.lenght\"");
    }

    [Theory]
    [InlineData("""{}""", "spec: Required value")]
    [InlineData("""{"spec":{}}""", "spec.name: Required value")]
    [InlineData("""{"spec":{"name":"A1"}}""", "spec.name: Invalid value: \"A1\": spec.name in body should match '^[a-z]+$'")]
    [InlineData("""{"spec":{"name":"abcdefghijkl"}}""", "spec.name: Too long: may not be more than 10 bytes")]
    [InlineData("""{"spec":{"name":5}}""", "spec.name: Invalid value: \"integer\": spec.name in body must be of type string: \"integer\"")]
    [InlineData("""{"spec":{"name":"a","length":0}}""", "spec.length: Invalid value: 0: spec.length in body should be greater than or equal to 1")]
    [InlineData("""{"spec":{"name":"a","kind":"x"}}""", "spec.kind: Unsupported value: \"x\": supported values: \"sail\", \"motor\"")]
    [InlineData("""{"spec":{"name":"a","crew":[{"role":"r"},{"role":"r"}]}}""", "spec.crew[1]: Duplicate value: {\"role\":\"r\"}")]
    public async Task Create_AgainstTheSchema_Is422WithItsCause(string body, string problem)
    {
        await using var test = await StartAsync();

        using var answer = await test.SendAsync(HttpMethod.Post, Boats, body);
        var status = await TestCluster.JsonOf(answer);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, status.ToJsonString());
        status["message"]!.ToString().ShouldBe($"Boat.example.com \"b\" is invalid: {problem}");
        status["details"]!["causes"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Apply_UndeclaredField_IsRefusedNotPruned()
    {
        await using var test = await StartAsync();

        var refusal = await TestCluster.RefusalOf(Apply(test, "portal", """{"name":"a","lenght":3}"""), HttpStatusCode.InternalServerError);

        refusal.Message.ShouldBe("failed to create typed patch object (default/b; example.com/v1, Kind=Boat): .spec.lenght: field not declared in schema");
    }

    [Fact]
    public async Task Apply_ItemsOfTwoManagers_AreOwnedByKey()
    {
        await using var test = await StartAsync();
        await Apply(test, "one", """{"name":"a","crew":[{"role":"cook","who":"x"}],"flags":["red"]}""");
        await Apply(test, "two", """{"name":"a","crew":[{"role":"mate","who":"y"}],"flags":["blue"]}""");

        var refusal = await TestCluster.RefusalOf(Apply(test, "two", """{"name":"a","crew":[{"role":"cook","who":"z"}]}"""), HttpStatusCode.Conflict);
        var left = await Apply(test, "one", """{"name":"a"}""");

        refusal.Message.ShouldBe("Apply failed with 1 conflict: conflict with \"one\": .spec.crew[role=\"cook\"].who");
        left["spec"]!.ToJsonString().ShouldBe("""{"name":"a","crew":[{"role":"mate","who":"y"}],"flags":["blue"],"length":7}""");
        TestCluster.FieldsOf(left, "two").ShouldBe(
            """{"f:spec":{"f:crew":{"k:{\"role\":\"mate\"}":{".":{},"f:role":{},"f:who":{}}},"f:flags":{"v:\"blue\"":{}},"f:name":{}}}""");
    }

    [Fact]
    public async Task Status_IsWrittenOnItsOwnOnly()
    {
        await using var test = await StartAsync();
        using var made = await test.SendAsync(HttpMethod.Post, Boats, """{"spec":{"name":"a"},"status":{"afloat":true}}""");
        (await TestCluster.JsonOf(made))["status"].ShouldBeNull();

        using var patched = await test.SendAsync(HttpMethod.Patch, $"{Boats}/b/status", """{"spec":{"length":9},"status":{"afloat":true}}""", "application/merge-patch+json");
        var boat = await TestCluster.JsonOf(patched);

        boat["status"]!["afloat"]!.GetValue<bool>().ShouldBeTrue();
        boat["spec"]!["length"]!.GetValue<int>().ShouldBe(7);
        boat["metadata"]!["generation"]!.GetValue<int>().ShouldBe(1);
        boat["metadata"]!["managedFields"]!.AsArray().Count(one => one!["subresource"]?.ToString() == "status").ShouldBe(1);
    }

    [Fact]
    public async Task OtherVersion_ShowsTheSameObject()
    {
        await using var test = await StartAsync();
        using var made = await test.SendAsync(HttpMethod.Post, Boats, """{"spec":{"name":"a"}}""");

        using var read = await test.SendAsync(HttpMethod.Get, Boats.Replace("/v1/", "/v2/", StringComparison.Ordinal) + "/b");
        var boat = await TestCluster.JsonOf(read);

        boat["apiVersion"]!.ToString().ShouldBe("example.com/v2");
        boat["spec"]!["name"]!.ToString().ShouldBe("a");
    }

    [Fact]
    public async Task Replace_WithoutVersion_Is422()
    {
        await using var test = await StartAsync();
        using var made = await test.SendAsync(HttpMethod.Post, Boats, """{"spec":{"name":"a"}}""");

        using var answer = await test.SendAsync(HttpMethod.Put, Boats + "/b", """{"spec":{"name":"b"}}""");

        (await TestCluster.JsonOf(answer))["message"]!.ToString().ShouldBe(
            "Boat.example.com \"b\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update");
    }

    [Fact]
    public async Task DeletedDefinition_TakesItsObjectsAndItsPathAway()
    {
        await using var test = await StartAsync();
        using var made = await test.SendAsync(HttpMethod.Post, Boats, """{"spec":{"name":"a"}}""");
        await test.Admin.ApiextensionsV1.DeleteCustomResourceDefinitionAsync("boats.example.com");

        using var read = await test.SendAsync(HttpMethod.Get, Boats);
        test.Cluster.Objects.Put(Definition);
        using var again = await test.SendAsync(HttpMethod.Get, Boats);

        read.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await TestCluster.JsonOf(again))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task RunnerOfOurOwn_IsServedAndRequiresTwoFields()
    {
        await using var test = await TestCluster.StartAsync();
        test.Cluster.Objects.Put(RunnerDefinition.Yaml);

        var refusal = await TestCluster.RefusalOf(
            ApplyRunner(test, """{"tags":"x"}"""), HttpStatusCode.UnprocessableEntity);
        await ApplyRunner(test, """{"gitlabUrl":"https://gitlab.example.com","token":"secret","concurrent":5}""");

        refusal.Details.Causes.Select(one => one.Field).ShouldBe(["spec.gitlabUrl", "spec.token"]);
        test.Cluster.Objects.Get("runners.apps.gitlab.com", "default", "r")!["spec"]!["concurrent"]!.GetValue<int>().ShouldBe(5);
    }

    [Fact]
    public async Task OperatorsDefinition_LoadsAndTakesItsExamples()
    {
        Assert.SkipWhen(OperatorFolder is null, "The contract data (../shared/kubernetes-contract) is not beside this checkout.");
        await using var test = await TestCluster.StartAsync();
        test.Cluster.Objects.Put(await File.ReadAllTextAsync(Path.Combine(OperatorFolder, "crd-runners-1.52.0.yaml")));
        var examples = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(OperatorFolder, "alm-examples-1.52.0.json")))!.AsArray()
            .Where(one => one!["kind"]!.ToString() == "Runner").ToArray();

        foreach (var example in examples)
        {
            example!["metadata"]!.AsObject().Remove("namespace");
            using var answer = await test.SendAsync(HttpMethod.Post,
                "/apis/apps.gitlab.com/v1beta2/namespaces/default/runners?fieldValidation=Strict", example.ToJsonString());
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        }

        examples.ShouldNotBeEmpty();
    }

    private static readonly string? OperatorFolder = Ancestors(new DirectoryInfo(Repository.Root))
        .Select(folder => Path.Combine(folder.FullName, "shared", "kubernetes-contract", "operator")).FirstOrDefault(Directory.Exists);

    private const string Boats = "/apis/example.com/v1/namespaces/default/boats";

    private static IEnumerable<DirectoryInfo> Ancestors(DirectoryInfo folder) =>
        folder.Parent is { } parent ? Ancestors(parent).Prepend(folder) : [folder];

    private static async Task<TestCluster> StartAsync()
    {
        var test = await TestCluster.StartAsync();
        test.Cluster.Objects.Put(Definition);
        test.Complete = body => body.Ensure(("apiVersion", "example.com/v1"), ("kind", "Boat"), ("name", "b"));
        return test;
    }

    private static async Task<JsonObject> Apply(TestCluster test, string manager, string spec) => JsonSerializer.SerializeToNode(
        await test.Admin.CustomObjects.PatchNamespacedCustomObjectAsync(
            new V1Patch($$"""{"apiVersion":"example.com/v1","kind":"Boat","metadata":{"name":"b"},"spec":{{spec}}}""", V1Patch.PatchType.ApplyPatch),
            "example.com", "v1", "default", "boats", "b", fieldManager: manager))!.AsObject();

    private static Task<object> ApplyRunner(TestCluster test, string spec) => test.Admin.CustomObjects.PatchNamespacedCustomObjectAsync(
        new V1Patch($$"""{"apiVersion":"apps.gitlab.com/v1beta2","kind":"Runner","metadata":{"name":"r"},"spec":{{spec}}}""", V1Patch.PatchType.ApplyPatch),
        "apps.gitlab.com", "v1beta2", "default", "runners", "r", fieldManager: "portal");
}
