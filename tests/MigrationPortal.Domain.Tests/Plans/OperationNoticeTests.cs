using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

public class OperationNoticeTests
{
    [Fact]
    public async Task Done_IsTold_OnceAndForInformation()
    {
        var (portal, id) = await StartedAsync();
        await portal.FinishAsync(id);

        var told = portal.Notices.Told.ShouldHaveSingleItem();
        (told.Kind, told.Severity, told.Link).ShouldBe((NoticeKind.OperationSucceeded, NoticeSeverity.Info, $"operations/{id}"));
        told.Numbers[0].Value.ShouldMatch(@"^(\d+) of \1$");
    }

    [Fact]
    public async Task EachHalt_IsTold_WithItsReason()
    {
        var (portal, id) = await StartedAsync();
        portal.Jobs.Started = (_, _) => false;
        await HaltAsync();
        await portal.Run.RunAsync(Make.Production, default);
        await portal.Resume.RunAsync(id, Make.Admin, null, default);
        await HaltAsync();

        portal.Notices.Told.Select(one => one.Kind).ShouldBe([NoticeKind.OperationHalted, NoticeKind.OperationHalted]);
        var told = portal.Notices.Told[0];
        told.Severity.ShouldBe(NoticeSeverity.Critical);
        told.Sentence.ShouldContain("No job has started on kubernetes-11");
        told.Numbers.ShouldContain(new NoticeNumber("halted as", "not-proven"));

        async Task HaltAsync()
        {
            await portal.Run.RunAsync(Make.Production, default);
            portal.Time = portal.Time.AddMinutes(30);
            (await portal.Run.RunAsync(Make.Production, default)).Operation!.State.ShouldBe(OperationState.Halted);
        }
    }

    [Theory]
    [InlineData(true, NoticeSeverity.Critical)]
    [InlineData(false, NoticeSeverity.Attention)]
    public async Task RollBack_IsToldAtItsBeginAndEnd_LouderWhenThePortalDidItItself(bool itself, NoticeSeverity severity)
    {
        var (portal, id) = await StartedAsync();
        await portal.FinishAsync(id);
        portal.Notices.Told.Clear();

        (await portal.RollBack.RunAsync(id, itself ? Actor.Portal : Make.Admin, "failures doubled", default)).Code().ShouldBe("done");
        await portal.FinishAsync(id);

        portal.Notices.Told.Select(one => (one.Kind, one.Severity)).ShouldBe([(NoticeKind.RollbackStarted, severity), (NoticeKind.OperationRolledBack, NoticeSeverity.Attention)]);
        portal.Notices.Told[0].Sentence.ShouldContain("failures doubled");
    }

    [Fact]
    public async Task Evacuation_IsToldAtItsBegin_WithItsRunners_AndAtItsEnd()
    {
        var (portal, id) = await StartedAsync();
        await portal.FinishAsync(id);
        portal.Notices.Told.Clear();

        var evacuation = (await portal.Evacuate.RunAsync(Make.Production, Make.Admin, "failures doubled", [], default)).Result();
        await portal.FinishAsync(evacuation.Id);

        portal.Notices.Told.Select(one => (one.Kind, one.Severity, one.Link)).ShouldBe(
        [
            (NoticeKind.EvacuationStarted, NoticeSeverity.Attention, $"operations/{evacuation.Id}"), (NoticeKind.OperationSucceeded, NoticeSeverity.Info, $"operations/{evacuation.Id}"),
        ]);
        var told = portal.Notices.Told[0];
        told.Sentence.ShouldEndWith("evacuates: failures doubled");
        told.Numbers.ShouldBe([new NoticeNumber("runners", $"{evacuation.Steps.Select(step => step.Step.Runner).Distinct().Count()}")]);
    }

    [Fact]
    public async Task ScheduledFlip_IsToldWhenItBegins_AndWhenItIsMissed()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        foreach (var (target, hours) in ((PlanTarget, double)[])[(Make.Target(Phase.UntaggedTakeover), 1), (Make.Target(Phase.OptIn), 5)])
            await portal.Schedule.AddAsync(new ScheduledFlip(0, Make.Production, target, Make.Now.AddHours(hours), Make.Admin, "x", [], null, null), default);
        portal.Time = Make.Now.AddHours(1);
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        await portal.FinishAsync(1);
        portal.Time = Make.Now.AddHours(7);
        foreach (var _ in (int[])[1, 2]) await portal.DueFlips.RunAsync(Make.Production, default);

        portal.Notices.Told.Where(one => one.Link != "operations/1" || one.Kind == NoticeKind.ScheduleBegun).Select(one => (one.Kind, one.Severity, one.Link))
            .ShouldBe([(NoticeKind.ScheduleBegun, NoticeSeverity.Info, "operations/1"), (NoticeKind.ScheduleMissed, NoticeSeverity.Attention, "phases")]);
    }

    private static async Task<(Portal, long)> StartedAsync()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        return (portal, (await portal.StartAsync(Make.Target(Phase.UntaggedTakeover)))!.Id);
    }
}
