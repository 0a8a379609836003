using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

/// <summary>Several operations one after the other, as the rail offers them, and the same way back.</summary>
public class RailTests
{
    private static readonly FleetSnapshot Fleet = Make.Fleet(
        Make.Legacy(1, "docker", baseline: Make.Attributes("docker", true)), Make.Legacy(2, "docker", baseline: Make.Attributes("docker", true)),
        Make.Kubernetes(11, "k8s-default", baseline: Make.Attributes("k8s-default")), Make.Kubernetes(12, "k8s-default", baseline: Make.Attributes("k8s-default")));

    [Fact]
    public async Task RolledBackOneByOne_TheStateIsWhatStoodBeforeEach()
    {
        var portal = Over(Make.Census(Make.Class("")));
        PlanTarget.ToPhase[] rail = [Make.Target(Phase.Prepare), Make.Target(Phase.UntaggedTakeover, 1, 100), Make.Target(Phase.UntaggedTakeover, 100, 100), Make.Target(Phase.UntaggedTakeover, 100, 50)];
        List<long> ids = [];
        foreach (var target in rail) ids.Add((await portal.FinishAsync((await portal.StartAsync(target))!.Id)).Id);

        for (var at = rail.Length - 1; at >= 0; at--)
        {
            (await portal.RollBack.RunAsync(ids[at], Make.Admin, "back", default)).Code().ShouldBe("done");
            await portal.FinishAsync(ids[at]);
            var reached = portal.Migration.State.Current;
            var former = at == 0 ? null : rail[at - 1];
            (reached?.Phase, reached?.KubernetesUntaggedPercent, reached?.LegacyUntaggedPercent)
                .ShouldBe((former?.Phase, former?.KubernetesUntaggedPercent, former?.LegacyUntaggedPercent), $"rolled back {rail[at]}");
        }
    }

    [Fact]
    public async Task KubernetesNeverStartsAJob_DockerKeepsUntagged_ThoughEarlierOperationsWidened()
    {
        var portal = Over(Make.Census(Make.Class("", 5000)));
        portal.Jobs.Started = (_, _) => false;
        foreach (var target in (PlanTarget[])[Make.Target(Phase.Prepare), Make.Target(Phase.UntaggedTakeover, 100, 100)])
            (await portal.FinishAsync((await portal.StartAsync(target))!.Id)).State.ShouldBe(OperationState.Succeeded);

        await portal.StartAsync(Make.Target(Phase.UntaggedTakeover, 100, 0));
        var waiting = (await portal.Run.RunAsync(Make.Production, default)).Operation!;

        waiting.State.ShouldBe(OperationState.Waiting);
        waiting.Waits.ShouldNotBeNull().ShouldContain("No job has started on");
        portal.GitLab.State.Values.Count(runner => runner.Tags.Contains("docker") && runner.RunUntagged).ShouldBe(2);
    }

    [Fact]
    public async Task FlipIsDueWhileAnotherOperationWaits_MakesNoPlans()
    {
        var portal = Over(Make.Census(Make.Class("", 5000)));
        portal.Jobs.Started = (_, _) => false;
        await portal.StartAsync(Make.Target(Phase.UntaggedTakeover));
        await portal.Run.RunAsync(Make.Production, default);
        await portal.Schedule.AddAsync(new ScheduledFlip(0, Make.Production, Make.Target(Phase.OptIn), Make.Now, Make.Admin, "x", [], null, null), default);
        var before = (await portal.Plans.NewestAsync(Make.Production, 1000, null, default)).Count;

        for (var sweep = 0; sweep < 50; sweep++)
        {
            portal.Time = Make.Now.AddSeconds(15 * sweep);
            await portal.DueFlips.RunAsync(Make.Production, default);
        }

        (await portal.Plans.NewestAsync(Make.Production, 1000, null, default)).Count.ShouldBe(before);
    }

    [Fact]
    public void Evacuation_LeavesARunnerPausedThatWasPausedBeforeTheMigration()
    {
        var fleet = Make.Fleet(Make.Legacy(1, "docker", paused: true, baseline: Make.Attributes("docker", true, true)), Make.Legacy(2, "docker", paused: true, baseline: Make.Attributes("docker", true)), Make.Kubernetes(11, "k8s-default"));

        var desired = DesiredState.Of(new PlanTarget.Evacuate(), Context(fleet, Make.Census(Make.Class("")))).Runners.ToDictionary(one => one.Runner, one => one.Attributes.Paused);

        (desired[Make.Id(1)], desired[Make.Id(2)]).ShouldBe((true, false));
    }

    [Theory]
    [InlineData("k8s-default")]
    [InlineData("idle-legacy")]
    [InlineData("linux")]
    public async Task FallbackTag_ThatMeansSomethingElse_IsRefused(string tag)
    {
        var portal = Over(Make.Census(Make.Class("")), Make.Settings("docker-fallback", ("linux", TagDecision.Adopt)));
        (await portal.Fallback.RunAsync(Make.Production, tag, Make.Admin, default)).Code().ShouldBe("reserved-tag");
        (await portal.Fallback.RunAsync(Make.Production, "docker-later", Make.Admin, default)).Code().ShouldBe("done");
    }

    [Theory]
    [InlineData("a,b", "invalid-tag")]
    [InlineData("idle-legacy", "reserved-tag")]
    [InlineData("docker-fallback", "reserved-tag")]
    [InlineData("linux", "reserved-tag")]
    public async Task OptInTag_ThatMeansSomethingElse_IsRefused(string tag, string code)
    {
        var portal = Over(Make.Census(Make.Class("")), Make.Settings("docker-fallback", ("linux", TagDecision.Retire)));
        (await portal.OptIn.RunAsync(Make.Production, tag, Make.Admin, default)).Code().ShouldBe(code);
        (await portal.Migration.SettingsAsync(Make.Production, default)).OptInTag.ShouldBe("k8s-default");
    }

    [Fact]
    public async Task OptInTag_BeforeItsPhase_IsWhatKubernetesServes_AndTranslationsFollow()
    {
        var settings = Make.Settings() with { Translations = new Dictionary<string, string?> { ["linux"] = "k8s-default", ["gpu"] = null } };
        var portal = Over(Make.Census(Make.Class("")), settings);

        (await portal.OptIn.RunAsync(Make.Production, "kube", Make.Admin, default)).Code().ShouldBe("done");

        var now = await portal.Migration.SettingsAsync(Make.Production, default);
        now.Translations.ShouldBe(new Dictionary<string, string?> { ["linux"] = "kube", ["gpu"] = null }, ignoreOrder: true);
        var desired = DesiredState.Of(Make.Target(Phase.OptIn), Context(Fleet, Make.Census(Make.Class("")), now));
        desired.Runners.Single(one => one.Runner == Make.Id(11)).Attributes.Tags.ShouldContain("kube");
    }

    [Fact]
    public async Task OptInTag_OnceItIsAnnounced_Stays()
    {
        var portal = Over(Make.Census(Make.Class("")));
        await portal.FinishAsync((await portal.StartAsync(Make.Target(Phase.OptIn)))!.Id);

        (await portal.OptIn.RunAsync(Make.Production, "kube", Make.Admin, default)).Code().ShouldBe("phase-reached");
        (await portal.OptIn.RunAsync(Make.Production, "k8s-default", Make.Admin, default)).Code().ShouldBe("done");
    }

    private static Portal Over(JobClassCensus census, MigrationSettings? settings = null) => new(Context(Fleet, census, settings));

    private static DesireContext Context(FleetSnapshot fleet, JobClassCensus census, MigrationSettings? settings = null) =>
        new(fleet, settings ?? Make.Settings(), Make.State(), census);
}
