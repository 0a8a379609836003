using System.Text.Json.Nodes;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

public sealed class ApplyRevisionTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Applied_EndsOnlyWhenTheManagerIsUpAndGitLabHeardFromIt()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        (begun.State, begun.Revision, begun.Reason).ShouldBe((ApplicationState.Applying, 1, "for the tests"));
        await kit.TurnAsync();
        var waits = await kit.NowAsync(begun.Id);
        waits.State.ShouldBe(ApplicationState.Verifying, waits.Said);
        waits.Steps[waits.Next()!.Value].Said!.ShouldContain("was not looked at yet");

        kit.RollOut();
        kit.Hear();
        kit.Time.Advance(TimeSpan.FromSeconds(5));
        await kit.TurnAsync();
        var unheard = await kit.NowAsync(begun.Id);
        unheard.State.ShouldBe(ApplicationState.Verifying);
        unheard.Steps[unheard.Next()!.Value].Kind.ShouldBe(ApplyStepKind.Contact, "the contact before the new pods were up was the old ones'");

        kit.Time.Advance(TimeSpan.FromSeconds(5));
        kit.Hear();
        await kit.TurnAsync();
        var ended = await kit.NowAsync(begun.Id);
        ended.State.ShouldBe(ApplicationState.Healthy, ended.Said);
        ended.Steps.ShouldAllBe(step => step.State == ApplyStepState.Done);
        kit.Server.Objects.Manager()["metadata"]!["managedFields"]!.AsArray().ShouldContain(one => one!["manager"]!.ToString() == IClusterObjects.FieldManager);
        (await kit.Store.Get<IAuditTrail>().NewestAsync(10, null, default)).Select(one => one.Entry.What).ShouldBe(["cluster.healthy", "cluster.verifying", "cluster.apply"]);
        (await kit.TurnAsync()).Open.ShouldBe(0);
    }

    [Theory]
    [InlineData("reason", "reason-missing")]
    [InlineData("fingerprint", "preview-first")]
    [InlineData("stale", "cluster-changed")]
    [InlineData("busy", "cluster-busy")]
    [InlineData("cluster", "unknown-cluster")]
    [InlineData("configuration", "unknown-configuration")]
    [InlineData("revision", "unknown-revision")]
    public async Task WhatCannotBe_IsRefusedWithItsCode(string what, string code)
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        if (what == "busy") await kit.BegunAsync();
        if (what == "stale") await kit.HealthyAsync();
        var before = await kit.PreviewedAsync();
        if (what == "stale") kit.Server.Objects.Change("configmaps", ApplyKit.Managers, "gitlab-runner-config", one => one["data"]!["config.toml"] = "concurrent = 1", "kubectl");
        var wish = kit.Wish(before.Fingerprint);
        wish = what switch
        {
            "reason" => wish with { Reason = " " },
            "fingerprint" => wish with { Fingerprint = null },
            "cluster" => wish with { Cluster = 999 },
            "configuration" => wish with { Configuration = 999 },
            "revision" => wish with { Revision = 9 },
            _ => wish,
        };
        (await kit.Apply.RunAsync(wish, ApplyKit.Admin, default)).ShouldBeOfType<Outcome<Application>.Refused>().Refusal.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Conflict_IsRefused_TakenOver_OrLeft()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        await kit.Server.Objects.ScaleAsync(3);
        var key = new HashSet<string> { "Deployment gitlab-runner/gitlab-runner" };

        (await kit.AskAsync()).ShouldBeOfType<Outcome<Application>.Refused>().Refusal.Code.ShouldBe("field-conflict");

        var left = await kit.EndedAsync((await kit.BegunAsync(wish => wish with { Leave = key })).Id);
        left.State.ShouldBe(ApplicationState.Healthy, left.Said);
        kit.Server.Objects.Manager()["spec"]!["replicas"]!.GetValue<int>().ShouldBe(3);

        var taken = await kit.EndedAsync((await kit.BegunAsync(wish => wish with { Force = key })).Id);
        taken.State.ShouldBe(ApplicationState.Healthy, taken.Said);
        kit.Server.Objects.Manager()["spec"]!["replicas"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task ConflictSinceThePreview_EndsUnhealthy_WithoutTakingOver()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        await kit.ReviseAsync(20, new DeploymentSettings { Replicas = 2 });
        var begun = await kit.BegunAsync();
        await kit.Server.Objects.ScaleAsync(5);
        var ended = await kit.EndedAsync(begun.Id);
        (ended.State, ended.Said!.Contains(".spec.replicas belongs to kubectl", StringComparison.Ordinal)).ShouldBe((ApplicationState.Unhealthy, true), ended.Said);
        kit.Server.Objects.Manager()["spec"]!["replicas"]!.GetValue<int>().ShouldBe(5);
    }

    [Fact]
    public async Task RollBack_ReturnsToTheLastGoodRevision_AndWhatWasAddedGoes()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        var before = Wanted(kit);
        await kit.ReviseAsync(20, new DeploymentSettings { Replicas = 2, ManagerDisruptionBudget = true });
        var second = await kit.HealthyAsync();
        kit.Server.Objects.Count("poddisruptionbudgets.policy").ShouldBe(1);

        var back = (await kit.RollBack.RunAsync(kit.Cluster, second.Id, ApplyKit.Admin, "worse", default)).ShouldBeOfType<Outcome<Application>.Done>().Result;
        var ended = await kit.EndedAsync(back.Id);
        ended.State.ShouldBe(ApplicationState.RolledBack, ended.Said);
        Wanted(kit).ShouldBe(before);
        kit.Server.Objects.Count("poddisruptionbudgets.policy").ShouldBe(0);
    }

    [Fact]
    public async Task FirstOfAll_RolledBack_LeavesNothingButNamespaces()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        var begun = await kit.BegunAsync(wish => wish with { ReturnsByItself = true });
        await kit.TurnAsync();
        kit.Time.Advance(ApplyWish.UsualPatience);
        await kit.TurnAsync();
        var ended = await kit.NowAsync(begun.Id);
        ended.State.ShouldBe(ApplicationState.RolledBack, ended.Said);
        ended.Said!.ShouldStartWith("Not in time.");
        foreach (var resource in (string[])["deployments.apps", "networkpolicies.networking.k8s.io", "resourcequotas", "roles.rbac.authorization.k8s.io"]) kit.Server.Objects.Count(resource).ShouldBe(0, resource);
        kit.Server.Objects.Get("namespaces", null, ApplyKit.Jobs).ShouldNotBeNull();
    }

    [Fact]
    public async Task WhatSomebodyMadeAnewUnderTheName_IsNotRemovedByARollBack()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        var begun = await kit.HealthyAsync();
        kit.Server.Objects.Remove("networkpolicies.networking.k8s.io", ApplyKit.Jobs, kit.Server.Objects.List("networkpolicies.networking.k8s.io").Single()["metadata"]!["name"]!.ToString());
        var name = begun.Objects.Single(one => one.Key.Kind == "NetworkPolicy").Key.Name;
        kit.Server.Objects.Put($$$"""{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"{{{name}}}","namespace":"{{{ApplyKit.Jobs}}}"},"spec":{"podSelector":{} } }""");
        await kit.RollBack.RunAsync(kit.Cluster, begun.Id, ApplyKit.Admin, "gone", default);
        var ended = await kit.EndedAsync(begun.Id);
        ended.State.ShouldBe(ApplicationState.RolledBack, ended.Said);
        kit.Server.Objects.Get("networkpolicies.networking.k8s.io", ApplyKit.Jobs, name).ShouldNotBeNull();
    }

    [Fact]
    public async Task NotUpInTime_IsUnhealthyWithTheReason_AndRollsBackByAClick()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        await kit.ReviseAsync(20, new DeploymentSettings { Replicas = 2 });
        var begun = await kit.BegunAsync();
        await kit.TurnAsync();
        var manager = kit.Server.Objects.Manager();
        manager["status"] = JsonNode.Parse("""{"observedGeneration":99,"conditions":[{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded","message":"ReplicaSet \"gitlab-runner-1\" has timed out progressing."}]}""");
        kit.Server.Objects.Put(manager, "kube-controller-manager");
        await kit.TurnAsync();
        var ended = await kit.NowAsync(begun.Id);
        (ended.State, ended.Said).ShouldBe((ApplicationState.Unhealthy, "Deployment gitlab-runner does not get on: ReplicaSet \"gitlab-runner-1\" has timed out progressing."));
        (await kit.RollBack.RunAsync(kit.Cluster, begun.Id, ApplyKit.Admin, null, default)).ShouldBeOfType<Outcome<Application>.Refused>().Refusal.Code.ShouldBe("reason-missing");
        await kit.RollBack.RunAsync(kit.Cluster, begun.Id, ApplyKit.Admin, "stuck", default);
        manager = kit.Server.Objects.Manager();
        manager["status"] = new JsonObject();
        kit.Server.Objects.Put(manager, "kube-controller-manager");
        (await kit.EndedAsync(begun.Id)).State.ShouldBe(ApplicationState.RolledBack);
        kit.Server.Objects.Manager()["spec"]!["replicas"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task ASilentCluster_IsWaitedFor_AndAGitLabThatDoesNotAnswerToo()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        var begun = await kit.BegunAsync();
        kit.Server.Faults.InternalErrors(2);
        var (open, again) = await kit.TurnAsync();
        (open, again > TimeSpan.Zero).ShouldBe((1, true));
        (await kit.NowAsync(begun.Id)).State.ShouldBe(ApplicationState.Applying);
        kit.Server.Faults.Clear();
        await kit.TurnAsync();
        kit.RollOut();
        kit.Heard = null;
        await kit.TurnAsync();
        var waits = await kit.NowAsync(begun.Id);
        (waits.State, waits.Steps[waits.Next()!.Value].Kind).ShouldBe((ApplicationState.Verifying, ApplyStepKind.Contact));
        (await kit.EndedAsync(begun.Id)).State.ShouldBe(ApplicationState.Healthy);
    }

    [Fact]
    public async Task AnOperatorsRunner_IsUpWhenItsDeploymentIs_WithItsPhaseAsItStands()
    {
        await using var kit = await ApplyKit.StartAsync(postgres, DeploymentKind.Operator);
        kit.Server.Objects.Put(PreviewApplyTests.Crd("gitlabUrl", "token", "config", "env", "concurrent", "interval", "namespace", "serviceaccount", "runnerImage"));
        var begun = await kit.BegunAsync();
        await kit.TurnAsync();
        var runner = kit.Server.Objects.Get("runners.apps.gitlab.com", ApplyKit.Managers, "gitlab-runner").ShouldNotBeNull();
        runner["status"] = new JsonObject { ["phase"] = "Reconciling quietly" };
        kit.Server.Objects.Put(runner, "operator");
        await kit.TurnAsync();
        var waits = await kit.NowAsync(begun.Id);
        waits.Steps[waits.Next()!.Value].Said!.ShouldContain("phase is \"Reconciling quietly\"");

        kit.Server.Objects.Put($$$"""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"gitlab-runner-runner","namespace":"{{{ApplyKit.Managers}}}","ownerReferences":[{"apiVersion":"apps.gitlab.com/v1beta2","kind":"Runner","name":"gitlab-runner","uid":"{{{runner["metadata"]!["uid"]}}}"}]},
             "spec":{"replicas":1,"selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x"}},"spec":{"containers":[{"name":"runner","image":"gitlab-runner"}]} } } }
            """, "operator");
        var ended = await kit.EndedAsync(begun.Id);
        ended.State.ShouldBe(ApplicationState.Healthy, ended.Said);
    }

    /// <summary>What the portal's objects hold that somebody wants of them.</summary>
    private static string Wanted(ApplyKit kit) => string.Join('\n',
        from resource in (string[])["configmaps", "deployments.apps", "networkpolicies.networking.k8s.io", "poddisruptionbudgets.policy", "resourcequotas", "roles.rbac.authorization.k8s.io", "serviceaccounts"]
        from one in kit.Server.Objects.List(resource)
        where one["metadata"]!["labels"]?[Rendering.ManagedBy]?.ToString() == IClusterObjects.FieldManager
        let wanted = new LiveObject(one).Wanted()
        orderby wanted["metadata"]!["name"]!.ToString()
        select Sorted(wanted));

    private static string Sorted(JsonNode? node) => node switch
    {
        JsonObject map => $"{{{string.Join(',', map.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}:{Sorted(one.Value)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(Sorted))}]",
        _ => node?.ToJsonString() ?? "null",
    };
}
