using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Plans.OperationChecks;

namespace MigrationPortal.Domain.Tests.Plans;

/// <summary>A tag is taken away for a quarter of an hour and comes back, whatever happens meanwhile.</summary>
public class BrownoutTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly PlanTarget.Brownout Fallback = new("docker-fallback", Quarter);

    [Fact]
    public async Task Brownout_SwapsTheTagInOnePutEach_AndGivesItBackByItself()
    {
        var (portal, first) = (Scene(), Scene().GitLab.State);
        var operation = (await portal.StartAsync(Fallback))!;
        operation.Steps.Count(step => step.Step.Kind == PlanStepKind.Return).ShouldBe(3, "the way back is written down before anything is taken away");

        await portal.Run.RunAsync(Make.Production, default);
        portal.GitLab.Writes.ShouldBe(3);
        portal.GitLab.State[Make.Id(1)].Tags.ShouldBe(Make.Tags("gpu idle-legacy"));
        portal.GitLab.State[Make.Id(3)].Tags.ShouldBe(Make.Tags("idle-legacy"));
        portal.GitLab.State[Make.Id(11)].ShouldBe(first[Make.Id(11)]);

        portal.Time = Make.Now + Quarter - TimeSpan.FromSeconds(1);
        var waiting = (await portal.Run.RunAsync(Make.Production, default)).Operation!;
        waiting.State.ShouldBe(OperationState.Waiting);
        waiting.Waits.ShouldBe("docker-fallback is away until 12:15:00 UTC and comes back by itself.");
        portal.GitLab.Writes.ShouldBe(3);

        portal.Time = Make.Now + Quarter;
        var ended = await portal.FinishAsync(operation.Id, 1);
        ended.State.ShouldBe(OperationState.Succeeded);
        ended.Brownout!.ReturnedAt.ShouldBe(portal.Time);
        Same(portal.GitLab.State, first);
        portal.GitLab.Writes.ShouldBe(6);
        portal.GitLab.Notes.Values.ShouldAllBe(note => note == null);
    }

    [Fact]
    public async Task Plan_JobsThatAskForTheTagWait_AndBlockNothing_OthersAreUntouched()
    {
        var portal = Scene();
        var plan = (await portal.Plan.RunAsync(Make.Production, Fallback, Make.Admin, default)).Result();

        plan.Blockers.ShouldBeEmpty();
        plan.BlastRadius.JobsPerDay(JobClassEffect.Waits).ShouldBe(50);
        plan.BlastRadius.Classes.Where(one => one.Effect != JobClassEffect.Waits).ShouldAllBe(one => one.Effect == JobClassEffect.Unchanged);
    }

    [Theory]
    [InlineData("k8s-default", "reserved-tag")]
    [InlineData("idle-legacy", "reserved-tag")]
    [InlineData("windows", "unknown-tag")]
    public async Task Plan_OfATagThatDoesNotEnd_IsBlocked(string tag, string code) =>
        (await Scene().Plan.RunAsync(Make.Production, Fallback with { Tag = tag }, Make.Admin, default)).Result().Blockers.Select(one => one.Code).ShouldBe([code]);

    [Theory]
    [InlineData(null, false, "brownout-too-early")]
    [InlineData(Phase.UntaggedTakeover, false, "brownout-too-early")]
    [InlineData(Phase.DockerFallback, true, "evacuated")]
    public async Task Plan_WhileNoTagEnds_IsBlocked(Phase? phase, bool evacuated, string code) =>
        (await Scene(Make.State(phase, evacuated: evacuated)).Plan.RunAsync(Make.Production, Fallback, Make.Admin, default)).Result().Blockers.Select(one => one.Code).ShouldBe([code]);

    [Fact]
    public async Task PortalKilledAnywhere_AlsoPastTheEnd_TheTagComesBackOnTime()
    {
        foreach (var down in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromHours(5)])
            for (var touch = 1; ; touch++)
            {
                var portal = Scene();
                var first = portal.GitLab.State;
                var id = (await portal.StartAsync(Fallback))!.Id;
                portal.Touches.KillAt = portal.Touches.Count + touch;
                var killed = await KilledAsync(() => CourseAsync(portal, id));
                portal.Time += down;
                await CourseAsync(portal, id);
                (await portal.Operations.FindAsync(id, default))!.State.ShouldBe(OperationState.Succeeded, $"killed at {touch}");
                Same(portal.GitLab.State, first);
                if (!killed) break;
            }
    }

    [Theory]
    [InlineData(Fault.UnavailableBefore)]
    [InlineData(Fault.UnavailableAfter)]
    [InlineData(Fault.Refused)]
    public async Task GitLabFailingAtEachCall_TheTagComesBack(Fault fault)
    {
        for (var call = 1; ; call++)
        {
            var portal = Scene();
            var first = portal.GitLab.State;
            var id = (await portal.StartAsync(Fallback))!.Id;
            portal.GitLab.Failing = (portal.GitLab.Calls + call, fault);
            var last = portal.GitLab.Calls + call;
            await CourseAsync(portal, id);
            var ended = (await portal.Operations.FindAsync(id, default))!;
            ended.State.ShouldBeOneOf(OperationState.Succeeded, OperationState.RolledBack);
            ended.Brownout!.ReturnedAt.ShouldNotBeNull();
            Same(portal.GitLab.State, first);
            if (portal.GitLab.Calls < last) return;
        }
    }

    [Fact]
    public async Task RunnerChangedBeforeItsTurn_EndsTheBrownout_AndTheOthersHaveTheTagAgain()
    {
        var portal = Scene();
        var id = (await portal.StartAsync(Fallback))!.Id;
        portal.GitLab.Set(Make.Id(2), runner => runner with { Attributes = Make.Attributes("docker-fallback theirs") });

        var ended = await portal.FinishAsync(id, 3);

        ended.State.ShouldBe(OperationState.RolledBack);
        ended.Steps[1].Message!.ShouldContain("somebody else changed it");
        portal.GitLab.State[Make.Id(1)].Tags.ShouldContain("docker-fallback");
        portal.GitLab.State[Make.Id(2)].Tags.ShouldBe(Make.Tags("docker-fallback theirs"));
    }

    [Fact]
    public async Task RunnerChangedInTheWindow_KeepsTheChange_AndEveryRunnerHasTheTagAgain()
    {
        var portal = Scene();
        var first = portal.GitLab.State;
        var id = await AwayAsync(portal);
        portal.GitLab.Set(Make.Id(1), runner => runner with { Attributes = runner.Attributes with { Tags = runner.Attributes.Tags.With("theirs"), Paused = true } });
        portal.Time += Quarter;

        (await portal.FinishAsync(id, 1)).State.ShouldBe(OperationState.Succeeded);

        Same(portal.GitLab.State, new Dictionary<RunnerId, RunnerAttributes>(first) { [Make.Id(1)] = Make.Attributes("docker-fallback gpu theirs", paused: true) });
    }

    [Fact]
    public async Task RunnerDeletedInTheWindow_KeepsTheTagFromNobody()
    {
        var portal = Scene();
        var id = await AwayAsync(portal);
        await portal.GitLab.DeleteAsync(Make.Id(1), default);
        portal.Time += Quarter;

        (await portal.FinishAsync(id, 1)).State.ShouldBe(OperationState.Succeeded);
        portal.GitLab.State.Where(one => one.Key.Number < 10).ShouldAllBe(one => one.Value.Tags.Contains("docker-fallback"));
    }

    [Fact]
    public async Task Evacuation_Preempts_AndTheTagIsBack()
    {
        var portal = Scene();
        var brownout = await AwayAsync(portal);
        var evacuation = (await portal.Evacuate.RunAsync(Make.Production, Make.Admin, "fire", [], default)).Result();

        (await portal.FinishAsync(evacuation.Id, 2)).State.ShouldBe(OperationState.Succeeded);

        portal.GitLab.State.Where(one => one.Key.Number < 10).ShouldAllBe(one => one.Value.Tags.Contains("docker-fallback") && !one.Value.Tags.Contains("idle-legacy"));
        portal.GitLab.State[Make.Id(11)].Paused.ShouldBeTrue();
        var ended = (await portal.Operations.FindAsync(brownout, default))!;
        (ended.State, ended.Brownout!.ReturnedAt is null).ShouldBe((OperationState.Aborted, false));
    }

    [Fact]
    public async Task RollBackOfAnEarlierOperation_Preempts_TheTagIsBackFirst_AndTheWayBackIsWhole()
    {
        var portal = Scene(Make.State(Phase.UntaggedTakeover, 100, 0));
        var first = portal.GitLab.State;
        var earlier = (await portal.StartAsync(Make.Target(Phase.DockerFallback)))!.Id;
        await portal.FinishAsync(earlier);
        await AwayAsync(portal);

        (await portal.RollBack.RunAsync(earlier, Make.Admin, "back", default)).Code().ShouldBe("done");
        (await portal.FinishAsync(earlier, 2)).State.ShouldBe(OperationState.RolledBack);

        Same(portal.GitLab.State, first);
        (await portal.Operations.OwingAsync(Make.Production, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task EndedByAPerson_ByAbortOrRollBack_TheTagIsBackAtOnce()
    {
        foreach (var abort in (bool[])[true, false])
        {
            var portal = Scene();
            var first = portal.GitLab.State;
            var id = await AwayAsync(portal);
            if (abort) await portal.Abort.RunAsync(id, Make.Admin, "enough", default);
            else await portal.RollBack.RunAsync(id, Make.Admin, "enough", default);

            await portal.Run.RunAsync(Make.Production, default);

            Same(portal.GitLab.State, first);
            (await portal.Operations.FindAsync(id, default))!.State.ShouldBe(abort ? OperationState.Aborted : OperationState.RolledBack);
            (await portal.StartAsync(Fallback)).ShouldNotBeNull("the next one may begin");
        }
    }

    [Fact]
    public async Task WhileTheTagIsAway_NothingDrifts_AndAPlanIsAboutTheFleetAsItWillBe()
    {
        var portal = Scene();
        var before = (await portal.Plan.RunAsync(Make.Production, Fallback, Make.Admin, default)).Result().Fingerprint;
        await AwayAsync(portal);

        var context = (await new ReadMigration(portal.Fleet, portal.Jobs, portal.Migration, portal.Operations, portal).LatestAsync(Make.Production, default))!;
        Drift.Of(context).ShouldBeEmpty();
        context.Observed.Runners[0].Attributes.Tags.ShouldNotContain("docker-fallback");
        (await portal.Plan.RunAsync(Make.Production, Fallback, Make.Admin, default)).Result().Fingerprint.ShouldBe(before);
    }

    // The fallback tag on three docker runners, one of them with a kept tag; Kubernetes takes the rest.
    private static Portal Scene(PhaseState? state = null) => new(new DesireContext(
        Make.Fleet(
            Make.Legacy(1, "docker-fallback gpu", false, baseline: Make.Attributes("docker-fallback gpu", true)), Make.Legacy(2, "docker-fallback", false, baseline: Make.Attributes("docker-fallback", true)),
            Make.Legacy(3, "docker-fallback", false, baseline: Make.Attributes("docker-fallback", true)),
            Make.Kubernetes(11, "k8s-default", true, baseline: Make.Attributes("k8s-default"))),
        Make.Settings("docker-fallback", ("gpu", TagDecision.Keep)), state ?? Make.State(Phase.DockerFallback),
        Make.Census(Make.Class("", 1000), Make.Class("docker-fallback", 40), Make.Class("docker-fallback gpu", 10, project: 2), Make.Class("gpu", 60, project: 2))));

    private static async Task<long> AwayAsync(Portal portal)
    {
        var id = (await portal.StartAsync(Fallback))!.Id;
        await portal.Run.RunAsync(Make.Production, default);
        portal.GitLab.State[Make.Id(1)].Tags.ShouldNotContain("docker-fallback");
        portal.Time += TimeSpan.FromMinutes(5);
        return id;
    }

    // To its end: the sweep runs as time goes by.
    private static async Task CourseAsync(Portal portal, long id)
    {
        for (var minute = 0; minute < 20 && !(await portal.Operations.FindAsync(id, default))!.State.IsEnd(); minute++)
        {
            await portal.Run.RunAsync(Make.Production, default);
            portal.Time += TimeSpan.FromMinutes(1);
        }
    }
}
