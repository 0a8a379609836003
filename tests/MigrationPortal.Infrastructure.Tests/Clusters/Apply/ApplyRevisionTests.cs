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
        (await kit.Store.Get<IAuditTrail>().NewestAsync(10, null, default)).Select(one => one.Entry.What).ShouldBe(["cluster.healthy", "cluster.verifying", "cluster.apply", "cluster.apply-unverified"]);
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

    [Fact]
    public async Task AnOperatorThatHasNotActedYet_IsWaitedFor_ThoughTheOldManagerIsUp()
    {
        await using var kit = await ApplyKit.StartAsync(postgres, DeploymentKind.Operator);
        kit.Server.Objects.Put(PreviewApplyTests.Crd("gitlabUrl", "token", "config", "env", "concurrent", "interval", "namespace", "serviceaccount", "runnerImage"));
        var first = await kit.BegunAsync();
        await kit.TurnAsync();
        Operate(kit);
        (await kit.EndedAsync(first.Id)).State.ShouldBe(ApplicationState.Healthy);

        // Nothing in the template that the Operator registers with changes: the Runner alone does.
        await kit.ReviseAsync(20);
        var second = await kit.BegunAsync();
        await kit.TurnAsync();
        kit.RollOut();
        kit.Time.Advance(TimeSpan.FromSeconds(5));
        await kit.TurnAsync();
        var waits = await kit.NowAsync(second.Id);
        (waits.State, waits.Steps[waits.Next()!.Value].Kind).ShouldBe((ApplicationState.Verifying, ApplyStepKind.RollOut));
        waits.Steps[waits.Next()!.Value].Said!.ShouldContain("has not taken the change over");
        Operate(kit);
        (await kit.EndedAsync(second.Id)).State.ShouldBe(ApplicationState.Healthy);
    }

    [Fact]
    public async Task TheOldManagersContact_IsNotTheNewOnes()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        kit.Hear("r_old");
        await kit.ReviseAsync(20);
        var begun = await kit.BegunAsync();
        await kit.TurnAsync();
        for (var turn = 0; turn < 3; turn++)
        {
            kit.RollOut();
            kit.Time.Advance(TimeSpan.FromSeconds(5));
            kit.Hear("r_old");
            await kit.TurnAsync();
        }

        var waits = await kit.NowAsync(begun.Id);
        (waits.State, waits.Steps[waits.Next()!.Value].Kind).ShouldBe((ApplicationState.Verifying, ApplyStepKind.Contact));
        waits.Steps[waits.Next()!.Value].Said!.ShouldContain("were there before alone (r_old)");
        kit.Hear("r_new");
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).State.ShouldBe(ApplicationState.Healthy);
    }

    [Theory]
    [InlineData("the pods stay")]
    [InlineData("an id of the machine")]
    public async Task TheSameManager_Counts_Where(string what)
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        var same = what == "an id of the machine" ? "s_0123456789ab" : "r_same";
        kit.Hear(same);
        if (what == "the pods stay") await kit.ReviseAsync(10, new DeploymentSettings { ManagerDisruptionBudget = true });
        else await kit.ReviseAsync(20);
        var begun = await kit.BegunAsync();
        for (var turn = 0; turn < 3; turn++)
        {
            await kit.TurnAsync();
            kit.RollOut();
            kit.Time.Advance(TimeSpan.FromSeconds(5));
            kit.Hear(same);
        }

        await kit.TurnAsync();
        var ended = await kit.NowAsync(begun.Id);
        ended.State.ShouldBe(ApplicationState.Healthy, ended.Said);
    }

    [Fact]
    public async Task WithoutAKnownRunner_ItSaysThatNobodyLookedForItsContact()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        var ended = await kit.EndedAsync((await kit.BegunAsync(wish => wish with { Runner = null })).Id);
        ended.State.ShouldBe(ApplicationState.Healthy, ended.Said);
        var contact = ended.Steps.Single(one => one.Kind == ApplyStepKind.Contact);
        (contact.State, contact.Said!.Contains("not looked at", StringComparison.Ordinal)).ShouldBe((ApplyStepState.Skipped, true));
    }

    [Fact]
    public async Task WhatWasThereBeforeAndWasTakenOver_IsPutBackAsItWas()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        kit.Server.Objects.Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{ApplyKit.Managers}}}"}}""");
        kit.Server.Objects.Put($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"gitlab-runner-config","namespace":"{{{ApplyKit.Managers}}}","labels":{"team":"ci"}},"data":{"config.toml":"concurrent = 1","token.txt":"glrt-of-somebody-else-0123"}}""", "helm");
        var begun = await kit.BegunAsync(wish => wish with { Force = new HashSet<string> { $"ConfigMap {ApplyKit.Managers}/gitlab-runner-config" } });
        (await kit.EndedAsync(begun.Id)).State.ShouldBe(ApplicationState.Healthy);
        kit.Server.Objects.Get("configmaps", ApplyKit.Managers, "gitlab-runner-config")!["data"]!["config.toml"]!.ToString().ShouldContain("concurrent = 10");
        (await kit.Store.ScalarAsync<long>("SELECT count(*) FROM cluster_applications one WHERE one::text LIKE '%concurrent = 1\\\\n%' OR one::text LIKE '%glrt-%' OR one::text LIKE '%\"concurrent = 1\\%'")).ShouldBe(0, "what others wrote is kept encrypted");

        await kit.RollBack.RunAsync(kit.Cluster, begun.Id, ApplyKit.Admin, "was not mine", default);
        var ended = await kit.EndedAsync(begun.Id);
        ended.State.ShouldBe(ApplicationState.RolledBack, ended.Said);
        var map = kit.Server.Objects.Get("configmaps", ApplyKit.Managers, "gitlab-runner-config").ShouldNotBeNull();
        map["data"]!.ToJsonString().ShouldBe("""{"config.toml":"concurrent = 1","token.txt":"glrt-of-somebody-else-0123"}""");
        map["metadata"]!["labels"]!.ToJsonString().ShouldBe("""{"team":"ci"}""");
        kit.Server.Objects.Count("deployments.apps").ShouldBe(0);
    }

    [Fact]
    public async Task TheWayBack_IsBegunByTheWriteThatSaysWhy()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        var spy = new SpiedApplications(kit.Store.Get<IApplicationStore>());
        kit.Applications = spy;
        var begun = await kit.BegunAsync(wish => wish with { ReturnsByItself = true });
        await kit.TurnAsync();
        kit.Time.Advance(ApplyWish.UsualPatience);
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).State.ShouldBe(ApplicationState.RolledBack);
        spy.Saved.ShouldNotContain(ApplicationState.Unhealthy);
        (await kit.Store.Get<IAuditTrail>().NewestAsync(10, null, default)).ShouldContain(one => one.Entry.What == "cluster.roll-back" && one.Entry.Why!.Contains("Not in time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatFinalizersHold_IsNotGone()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.ReviseAsync(10, new DeploymentSettings { ManagerDisruptionBudget = true });
        await kit.HealthyAsync();
        kit.Server.Objects.Change("poddisruptionbudgets.policy", ApplyKit.Managers, "gitlab-runner", one => one["metadata"]!["finalizers"] = new JsonArray("example.org/hold"), "holder");
        await kit.ReviseAsync(10, new DeploymentSettings());
        var begun = await kit.BegunAsync();
        await kit.TurnAsync();
        await kit.TurnAsync();
        var waits = await kit.NowAsync(begun.Id);
        var step = waits.Steps[waits.Next()!.Value];
        (waits.State, step.Kind, step.Said!.Contains("example.org/hold must let it go", StringComparison.Ordinal)).ShouldBe((ApplicationState.Applying, ApplyStepKind.Remove, true), step.Said);
        kit.Server.Objects.Change("poddisruptionbudgets.policy", ApplyKit.Managers, "gitlab-runner", one => ((JsonObject)one["metadata"]!).Remove("finalizers"), "holder");
        kit.Server.Objects.Remove("poddisruptionbudgets.policy", ApplyKit.Managers, "gitlab-runner");
        (await kit.EndedAsync(begun.Id)).State.ShouldBe(ApplicationState.Healthy);
    }

    /// <summary>The Operator's part: a Deployment that names the ConfigMap of its Runner.</summary>
    private static void Operate(ApplyKit kit)
    {
        var runner = kit.Server.Objects.Get("runners.apps.gitlab.com", ApplyKit.Managers, "gitlab-runner")!;
        kit.Server.Objects.Put($$$"""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"gitlab-runner-runner","namespace":"{{{ApplyKit.Managers}}}","ownerReferences":[{"apiVersion":"apps.gitlab.com/v1beta2","kind":"Runner","name":"gitlab-runner","uid":"{{{runner["metadata"]!["uid"]}}}"}]},
             "spec":{"replicas":1,"selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x"}},"spec":{"containers":[{"name":"runner","image":"gitlab-runner"}],"volumes":[{"name":"c","configMap":{"name":"{{{runner["spec"]!["config"]}}}"}}]} } } }
            """, "operator");
    }

    private sealed class SpiedApplications(IApplicationStore inner) : IApplicationStore
    {
        public List<ApplicationState> Saved { get; } = [];

        public Task<Application?> AddAsync(Application application, CancellationToken cancel) => inner.AddAsync(application, cancel);

        public Task<Application?> SaveAsync(Application application, CancellationToken cancel)
        {
            Saved.Add(application.State);
            return inner.SaveAsync(application, cancel);
        }

        public Task<Application?> FindAsync(long cluster, long id, CancellationToken cancel) => inner.FindAsync(cluster, id, cancel);

        public Task<Application?> ActiveAsync(long cluster, CancellationToken cancel) => inner.ActiveAsync(cluster, cancel);

        public Task<IReadOnlyList<Application>> OpenAsync(InstanceId instance, CancellationToken cancel) => inner.OpenAsync(instance, cancel);

        public Task<Application?> LastGoodAsync(long cluster, long configuration, CancellationToken cancel) => inner.LastGoodAsync(cluster, configuration, cancel);

        public Task<IReadOnlyList<Application>> GoodAsync(InstanceId instance, CancellationToken cancel) => inner.GoodAsync(instance, cancel);

        public Task<IReadOnlyList<Application>> ListAsync(long? cluster, long? configuration, int limit, long? before, CancellationToken cancel) => inner.ListAsync(cluster, configuration, limit, before, cancel);
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
