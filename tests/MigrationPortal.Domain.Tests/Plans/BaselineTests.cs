using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

/// <summary>What admins decided, before and during the migration, is never undone by it.</summary>
public class BaselineTests
{
    private static readonly JobClassCensus Untagged = Make.Census(Make.Class(""));

    [Fact]
    public async Task ChangedByAnAdminAfterItWasTakenIn_PrepareLeavesItSo()
    {
        var portal = Over(Make.Legacy(1, "docker old"), Make.Legacy(2, "docker"), Make.Kubernetes(11, "k8s-default"));
        await portal.Fleet.SetStandingAsync(Make.Id(1), new RunnerStanding(RunnerRole.Legacy, true, true), default);
        portal.GitLab.Set(Make.Id(1), one => one with { Attributes = Make.Attributes("docker") });

        await DoneAsync(portal, Make.Target(Phase.Prepare));

        (portal.GitLab.State[Make.Id(1)].RunUntagged, portal.GitLab.State[Make.Id(1)].Tags.Contains("old")).ShouldBe((false, false));
        (await BaselineAsync(portal, 2)).ShouldBe(Make.Attributes("docker", true));
    }

    [Fact]
    public async Task EditedByAPlanOfThePortal_TheNextPhaseLeavesItSo_AndItsRollBackToo()
    {
        var portal = Over(Make.Legacy(1, "docker broken"), Make.Legacy(2, "docker"), Make.Kubernetes(11, "k8s-default"));
        await DoneAsync(portal, Make.Target(Phase.Prepare));
        var tags = portal.GitLab.State[Make.Id(1)].Tags;
        var edit = await DoneAsync(portal, new PlanTarget.EditRunners([new RunnerEdit(1, tags.Without("broken").With("arm"), null, null)]));

        await DoneAsync(portal, Make.Target(Phase.UntaggedTakeover, 100, 100));
        (portal.GitLab.State[Make.Id(1)].Tags.Contains("broken"), portal.GitLab.State[Make.Id(1)].Tags.Contains("arm")).ShouldBe((false, true));

        (await portal.RollBack.RunAsync(edit.Id, Make.Admin, "back", default)).Code().ShouldBe("done");
        await portal.FinishAsync(edit.Id);
        (await BaselineAsync(portal, 1))!.Tags.ShouldBe(Make.Tags("docker broken"));
    }

    [Fact]
    public async Task GivenToLegacyMeanwhileAndAdopted_ComesBackByEvacuation()
    {
        var census = Make.Census(Make.Class("arm"), Make.Class(""));
        var portal = new Portal(new DesireContext(Make.Fleet(Make.Legacy(1, "docker"), Make.Legacy(2, "docker"), Make.Kubernetes(11, "k8s-default")),
            Make.Settings("docker-fallback", ("docker", TagDecision.Adopt), ("arm", TagDecision.Adopt)), Make.State(), census));
        await DoneAsync(portal, Make.Target(Phase.Prepare));
        portal.GitLab.Set(Make.Id(1), one => one with { Attributes = one.Attributes with { Tags = one.Attributes.Tags.With("arm") } });
        await DoneAsync(portal, Make.Target(Phase.DockerFallback));
        portal.GitLab.State[Make.Id(1)].Tags.Contains("arm").ShouldBeFalse();

        var plan = (await portal.Plan.RunAsync(Make.Production, new PlanTarget.Evacuate(), Make.Admin, default)).Result();

        plan.Blockers.ShouldBeEmpty();
        await DoneAsync(portal, new PlanTarget.Evacuate());
        portal.GitLab.State[Make.Id(1)].Tags.Contains("arm").ShouldBeTrue();
    }

    [Fact]
    public void RampLegacy_TakesItsShareOfWorkingRunnersApartFromPausedOnes()
    {
        var before = Make.Attributes("docker", true);
        var fleet = Make.Fleet(
            Make.Legacy(1, "docker", paused: true, baseline: before), Make.Legacy(2, "docker", paused: true, baseline: before),
            Make.Legacy(3, "docker", baseline: before), Make.Legacy(4, "docker", baseline: before), Make.Kubernetes(11, "k8s-default", untagged: true));

        Untaggers(fleet, Make.Target(Phase.UntaggedTakeover, 100, 50)).ShouldBe([1, 3, 11]);
    }

    [Fact]
    public void RampKubernetes_TheFirstRunnerIsOneThatLives_AndSilentOnesAreNamed()
    {
        var dead = Make.Runner(11, RunnerRole.Kubernetes, Make.Attributes("k8s-default"), contactMinutes: 60 * 24 * 69);
        var silent = Make.Runner(12, RunnerRole.Kubernetes, Make.Attributes("k8s-default"), contactMinutes: 6);
        var fleet = Make.Fleet(Make.Legacy(1, "docker", baseline: Make.Attributes("docker", true)), dead, silent, Make.Kubernetes(13, "k8s-default"));

        Untaggers(fleet, Make.Target(Phase.UntaggedTakeover, 1, 100)).ShouldBe([1, 12]);
        Desire(fleet, Make.Target(Phase.UntaggedTakeover, 1, 100)).Warnings.ShouldContain(one => one.Code == "kubernetes-out-of-contact" && one.Message.Contains("kubernetes-12"));
        Untaggers(fleet, Make.Target(Phase.UntaggedTakeover, 100, 100)).ShouldBe([1, 11, 12, 13]);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(60 * 24 * 8, false)]
    public void AllSilentForMinutes_APlanThatTakesTheLastServingRunnersIsBlocked(double minutes, bool blocked)
    {
        var fleet = Make.Fleet(
            Make.Runner(1, RunnerRole.Legacy, Make.Attributes("docker linux", true), contactMinutes: minutes),
            Make.Runner(11, RunnerRole.Kubernetes, Make.Attributes("k8s-default"), contactMinutes: minutes));
        var context = new DesireContext(fleet, Make.Settings("docker-fallback", ("linux", TagDecision.Retire)), Make.State(), Make.Census(Make.Class("linux", 5000)));

        var plan = new Scene(context, Make.Target(Phase.DockerFallback)).Plan();

        plan.Blockers.Any(one => one.Code == NoRunner.Code).ShouldBe(blocked);
    }

    private static Portal Over(params FleetRunner[] runners) => new(new DesireContext(Make.Fleet(runners), Make.Settings(), Make.State(), Untagged));

    private static Desire Desire(FleetSnapshot fleet, PlanTarget.ToPhase target) => DesiredState.Of(target, new DesireContext(fleet, Make.Settings(), Make.State(), Untagged));

    private static List<long> Untaggers(FleetSnapshot fleet, PlanTarget.ToPhase target) =>
        [.. Desire(fleet, target).Runners.Where(one => one.Attributes.RunUntagged).Select(one => one.Runner.Number).Order()];

    private static async Task<Operation> DoneAsync(Portal portal, PlanTarget target)
    {
        var ended = await portal.FinishAsync((await portal.StartAsync(target)).ShouldNotBeNull().Id);
        ended.State.ShouldBe(OperationState.Succeeded);
        return ended;
    }

    private static async Task<RunnerAttributes?> BaselineAsync(Portal portal, long runner) =>
        (await portal.Fleet.LatestAsync(Make.Production, default))!.Runners.Single(one => one.Id == Make.Id(runner)).Baseline;
}
