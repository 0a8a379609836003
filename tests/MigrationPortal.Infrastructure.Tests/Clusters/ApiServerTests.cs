using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Profiles;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Tests.Clusters.Apply;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters;

/// <summary>
/// What the portal takes for granted of an API server, asked of the one in this process and, where <c>PORTAL_TEST_KUBECONFIG</c>
/// names one, of a real one in the same words. It needs no nodes and no controllers: an API server and its store are enough.
/// </summary>
public sealed partial class ApiServerTests(PostgresFixture postgres)
{
    private const string Replicas = """{"spec":{"replicas":1,"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"a","image":"alpine"}]}}}}""";

    public static TheoryData<string> Servers => [ApiServerRoom.InProcess, ApiServerRoom.Real];

    [Theory, MemberData(nameof(Servers))]
    public async Task Apply_Makes_Changes_AndTakesAwayWhatItNoLongerNames(string server)
    {
        await using var room = await ApiServerRoom.OpenAsync(postgres, server);
        var key = new ObjectKey("v1", "ConfigMap", room.Space, "settings");
        var made = Seen(await ApplyAsync(room, key, """{"data":{"a":"1","b":"2"}}"""));
        made.Owners.ShouldHaveSingleItem().Manager.ShouldBe(IClusterObjects.FieldManager);
        var same = Seen(await ApplyAsync(room, key, """{"data":{"a":"1","b":"2"}}"""));
        same.Text("metadata", "resourceVersion").ShouldBe(made.Text("metadata", "resourceVersion"), "nothing changed");
        var less = Seen(await ApplyAsync(room, key, """{"data":{"a":"1"}}"""));
        less.At("data")!.ToJsonString().ShouldBe("""{"a":"1"}""");
        less.Uid.ShouldBe(made.Uid);
    }

    [Theory, MemberData(nameof(Servers))]
    public async Task DryRun_AnswersAsIfItWere_AndWritesNothing(string server)
    {
        await using var room = await ApiServerRoom.OpenAsync(postgres, server);
        var key = Deployment(room);
        Seen(await room.Objects.ApplyAsync(room.Cluster, key, Of(key, Replicas), false, true, default)).Text("spec", "template", "spec", "restartPolicy").ShouldBe("Always", "defaults are filled in");
        (await room.Objects.GetAsync(room.Cluster, key, default)).ShouldBeOfType<ObjectAnswer.Missing>();
    }

    [Theory, MemberData(nameof(Servers))]
    public async Task AFieldOfSomebodyElse_IsAConflictThatNamesIt_UntilItIsForced(string server)
    {
        await using var room = await ApiServerRoom.OpenAsync(postgres, server);
        var key = Deployment(room);
        Seen(await ApplyAsync(room, key, Replicas));
        await room.SendAsync(HttpMethod.Patch, $"{ObjectPath(key)}?fieldManager=somebody&force=true", ApiServerRoom.Body(key.ApiVersion, key.Kind, key.Namespace, key.Name, """{"spec":{"replicas":4}}""").ToJsonString(), "application/apply-patch+yaml");

        var conflict = (await ApplyAsync(room, key, Replicas)).ShouldBeOfType<ObjectAnswer.Conflict>();
        var held = conflict.Fields.ShouldHaveSingleItem();
        (held.Path, held.Manager).ShouldBe((".spec.replicas", "somebody"));
        Seen(await room.Objects.GetAsync(room.Cluster, key, default)).Whole("spec", "replicas").ShouldBe(4);

        var forced = Seen(await room.Objects.ApplyAsync(room.Cluster, key, Of(key, Replicas), true, false, default));
        forced.Whole("spec", "replicas").ShouldBe(1);
        forced.Owners.Select(one => one.Manager).ShouldNotContain("somebody", "it owns nothing any more");
    }

    [Theory, MemberData(nameof(Servers))]
    public async Task FieldsThatADefinitionDoesNotKnow_AreRefusedByApply_DroppedByOthersWithoutAWord_AndThePortalSeesIt(string server)
    {
        await using var room = await ApiServerRoom.OpenAsync(postgres, server);
        await room.DefineRunnersAsync(PreviewApplyTests.Crd("gitlabUrl", "token", "config"));
        var key = new ObjectKey("apps.gitlab.com/v1beta2", "Runner", room.Space, "runner");
        var sent = Of(key, """{"spec":{"gitlabUrl":"https://gitlab.example.com","token":"secret-name","config":"map","concurrent":7}}""");
        (await room.Objects.ApplyAsync(room.Cluster, key, sent, false, true, default)).ShouldBeOfType<ObjectAnswer.Refused>().Message.ShouldContain(".spec.concurrent: field not declared in schema");
        PrunedFields.Of(sent, await room.SendAsync(HttpMethod.Post, $"apis/apps.gitlab.com/v1beta2/namespaces/{room.Space}/runners", sent.ToJsonString())).ShouldBe([".spec.concurrent"]);
        var incomplete = key with { Name = "incomplete" };
        (await room.Objects.ApplyAsync(room.Cluster, incomplete, Of(incomplete, """{"spec":{"gitlabUrl":"https://gitlab.example.com"}}"""), false, true, default)).ShouldBeOfType<ObjectAnswer.Refused>().Status.ShouldBe(422);
    }

    [Theory, MemberData(nameof(Servers))]
    public async Task WithoutRights_TheReviewSaysExactlyWhatIsMissing_AndEachCallSaysForbidden(string server)
    {
        await using var room = await ApiServerRoom.OpenAsync(postgres, server);
        var (cluster, access) = await room.PowerlessAsync();
        var needed = NeededPermissions.Of((await room.Store.Get<IClusterStore>().FindAsync(cluster, default))!);
        var gateway = new KubernetesGateway(SeededCluster.Doors());
        (await gateway.ReviewAsync(room.Access, needed, default)).ShouldAllBe(one => one.IsGranted, "an administrator's");
        (await gateway.ReviewAsync(access, needed, default)).ShouldAllBe(one => !one.IsGranted);
        var key = new ObjectKey("v1", "ConfigMap", room.Space, "settings");
        var refused = (await room.Objects.ApplyAsync(cluster, key, Of(key, """{"data":{"a":"1"}}"""), false, false, default)).ShouldBeOfType<ObjectAnswer.Refused>();
        (refused.Status, refused.Reason).ShouldBe((403, "Forbidden"));
        (await room.Objects.GetAsync(cluster, key, default)).ShouldBeOfType<ObjectAnswer.Refused>().Status.ShouldBe(403);
    }

    [Theory, MemberData(nameof(Servers))]
    public async Task ATokensSecret_IsReplacedByItsMark_NeverTakenFromOthers_AndTakenAwayOnlyWhenItIsOurs(string server)
    {
        await using var room = await ApiServerRoom.OpenAsync(postgres, server);
        var ours = new TokenPlace(room.Space, "runner-token", ["runner-token", "runner-registration-token"], "mark-1");
        (await room.Secrets.PutAsync(room.Cluster, ours, "glrt-first", default)).ShouldBeOfType<SecretAnswer.Done>();
        (await room.Secrets.PutAsync(room.Cluster, ours, "glrt-second", default)).ShouldBeOfType<SecretAnswer.Done>();
        var live = (await room.Wire.SendAsync(room.Cluster, HttpMethod.Get, $"api/v1/namespaces/{room.Space}/secrets/runner-token", null, null, default)).Body!;
        Convert.FromBase64String(live["data"]!["runner-token"]!.GetValue<string>()).ShouldBe("glrt-second"u8.ToArray());
        (await room.Secrets.PutAsync(room.Cluster, ours with { Mark = "mark-2" }, "glrt-third", default)).ShouldBeOfType<SecretAnswer.Foreign>();
        (await room.Secrets.RemoveAsync(room.Cluster, ours with { Mark = "mark-2" }, default)).ShouldBeOfType<SecretAnswer.Done>();
        (await room.Objects.GetAsync(room.Cluster, new ObjectKey("v1", "Secret", room.Space, "runner-token"), default)).ShouldBeOfType<ObjectAnswer.Seen>("it is not that one's");
        (await room.Secrets.RemoveAsync(room.Cluster, ours, default)).ShouldBeOfType<SecretAnswer.Done>();
        (await room.Objects.GetAsync(room.Cluster, new ObjectKey("v1", "Secret", room.Space, "runner-token"), default)).ShouldBeOfType<ObjectAnswer.Missing>();
    }

    [Theory, MemberData(nameof(Servers))]
    public async Task Deletion_IsOfThisVeryObject(string server)
    {
        await using var room = await ApiServerRoom.OpenAsync(postgres, server);
        var key = new ObjectKey("v1", "ConfigMap", room.Space, "settings");
        var uid = Seen(await ApplyAsync(room, key, """{"data":{"a":"1"}}""")).Uid;
        (await room.Objects.DeleteAsync(room.Cluster, key, "00000000-0000-0000-0000-000000000000", default)).ShouldBeOfType<ObjectAnswer.Refused>().Status.ShouldBe(409);
        (await room.Objects.DeleteAsync(room.Cluster, key, uid, default)).ShouldBeOfType<ObjectAnswer.Missing>();
        (await room.Objects.DeleteAsync(room.Cluster, key, uid, default)).ShouldBeOfType<ObjectAnswer.Missing>("it is gone");
    }

    [Theory, MemberData(nameof(Servers))]
    public async Task WhatCannotBe_IsRefusedInWordsThatSayWhy(string server)
    {
        await using var room = await ApiServerRoom.OpenAsync(postgres, server);
        var nowhere = new ObjectKey("v1", "ConfigMap", $"{room.Space}-x", "settings");
        (await ApplyAsync(room, nowhere, """{"data":{"a":"1"}}""")).ShouldBeOfType<ObjectAnswer.Refused>().NoNamespace.ShouldBeTrue();
        var unknown = new ObjectKey("apps.gitlab.com/v9", "Runner", room.Space, "runner");
        (await ApplyAsync(room, unknown, """{"spec":{}}""")).ShouldBeOfType<ObjectAnswer.Refused>().NoKind.ShouldBeTrue();
        var wrong = Deployment(room);
        var invalid = (await ApplyAsync(room, wrong, Replicas.Replace("\"matchLabels\":{\"app\":\"a\"}", "\"matchLabels\":{\"app\":\"b\"}", StringComparison.Ordinal))).ShouldBeOfType<ObjectAnswer.Refused>();
        (invalid.Status, invalid.Reason).ShouldBe((422, "Invalid"));
        invalid.Causes.ShouldContain(one => one.Field == "spec.template.metadata.labels");
    }

    [Theory, MemberData(nameof(Servers))]
    public async Task EveryProfile_RendersObjectsThatTheServerTakes_WithEachOfItsFields(string server)
    {
        await using var room = await ApiServerRoom.OpenAsync(postgres, server);
        foreach (var profile in StartingProfiles.All)
        {
            var deployment = profile.Change(new DeploymentSettings()) with { Release = profile.Key, ManagerNamespace = room.Space, JobNamespace = room.Space };
            var content = new RunnerConfiguration(DeploymentKind.Manifests, Namespace().Replace(profile.Toml, $"namespace = \"{room.Space}\""), new Version(19, 3), deployment);
            var objects = 0;
            foreach (var form in (RenderForm[])[RenderForm.Manifests, RenderForm.NetworkPolicy, RenderForm.Rbac, RenderForm.Quota])
            {
                var files = ApplyKit.Done(RenderConfiguration.Run(content, form)).Files;
                foreach (var manifest in ApplyKit.Done(ManifestText.Read(files.Select(file => file.Text))).Where(one => one.Key.Kind != "Namespace"))
                {
                    var answer = Seen(await room.Objects.ApplyAsync(room.Cluster, manifest.Key, manifest.Body, false, true, default));
                    PrunedFields.Of(manifest.Body, answer.Body).ShouldBeEmpty($"{profile.Key}: {manifest.Key}");
                    objects++;
                }
            }

            objects.ShouldBeGreaterThan(5, profile.Key);
        }
    }

    // Some name a namespace of their own, which the server does not have.
    [GeneratedRegex("namespace = \"[^\"]*\"")]
    private static partial Regex Namespace();

    private static ObjectKey Deployment(ApiServerRoom room) => new("apps/v1", "Deployment", room.Space, "manager");

    private static string ObjectPath(ObjectKey key) => $"apis/{key.ApiVersion}/namespaces/{key.Namespace}/deployments/{key.Name}";

    private static JsonObject Of(ObjectKey key, string fields) => ApiServerRoom.Body(key.ApiVersion, key.Kind, key.Namespace, key.Name, fields);

    private static Task<ObjectAnswer> ApplyAsync(ApiServerRoom room, ObjectKey key, string fields) => room.Objects.ApplyAsync(room.Cluster, key, Of(key, fields), false, false, default);

    private static LiveObject Seen(ObjectAnswer answer) => answer is ObjectAnswer.Seen seen ? seen.Object : throw new ShouldAssertException(answer.ToString());
}
