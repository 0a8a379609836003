using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public class AnnounceStepTests
{
    private static readonly PlanTarget.ToPhase Takeover = Make.Target(Phase.UntaggedTakeover);

    public static TheoryData<PlanTarget.ToPhase, string?> Texts => new()
    {
        { Make.Target(Phase.Prepare), null },
        { Make.Target(Phase.OptIn), null },
        { Make.Target(Phase.UntaggedTakeover, 50, 100), "More and more CI jobs without tags run on Kubernetes runners from now on. A job that fails there and did not before: give it the tag docker and it runs on docker." },
        { Takeover, "CI jobs without tags run on Kubernetes runners from now on. A job that fails there and did not before: give it the tag docker and it runs on docker." },
        { Make.Target(Phase.DockerFallback), "CI jobs that ask for large, linux run on Kubernetes runners from now on, as those without tags do. A job that fails there and did not before: give it the tag docker and it runs on docker." },
        { Make.Target(Phase.Decommission), "The docker runners end: no CI job runs on them any more, also with the tag docker. Jobs that still ask for their tags have to drop them." },
        { Make.Target(Phase.RetireOptInTag), null },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_SaysWhatChanges_AndTheWayBack(PlanTarget.ToPhase step, string? text) =>
        AnnounceStep.Text(step, Make.Settings("docker", ("linux", TagDecision.Adopt), ("large", TagDecision.Adopt), ("gpu", TagDecision.Keep))).ShouldBe(text);

    [Fact]
    public async Task Step_IsAnnouncedForADay_AndTakenBackWhenItIsRolledBack()
    {
        var (portal, said, announce) = Start(true);
        var (plan, operation) = await BeginAsync(portal, Takeover);

        await announce.BeginsAsync(plan, operation, default);

        said.Standing.Values.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            one => one.Window.ShouldBe(new TimeWindow(operation.StartedAt, operation.StartedAt + TimeSpan.FromDays(1))), one => one.Text.ShouldContain("without tags"));
        await announce.EndedAsync(plan, operation with { State = OperationState.Succeeded }, default);
        said.Standing.Count.ShouldBe(1);
        await announce.EndedAsync(plan, operation with { Id = operation.Id + 1, State = OperationState.RolledBack }, default);
        said.Standing.Count.ShouldBe(1, "another operation's end says nothing of this one");
        await announce.EndedAsync(plan, operation with { State = OperationState.RolledBack }, default);
        said.Standing.ShouldBeEmpty();
    }

    [Fact]
    public async Task NextStep_ReplacesTheMessage_AndEvacuationTakesItBack()
    {
        var (portal, said, announce) = Start(true);
        var (plan, operation) = await BeginAsync(portal, Takeover);
        await announce.BeginsAsync(plan, operation, default);
        // As after a crash before the first change.
        await announce.BeginsAsync(plan, operation, default);
        await announce.BeginsAsync(plan, operation with { Id = operation.Id + 1, StartedAt = operation.StartedAt.AddDays(1) }, default);
        said.Standing.Values.ShouldHaveSingleItem().Window.From.ShouldBe(operation.StartedAt.AddDays(1));

        await announce.BeginsAsync(plan with { Target = PlanTargetJson.Write(new PlanTarget.Evacuate(), null) }, operation with { Id = operation.Id + 2 }, default);
        said.Standing.ShouldBeEmpty();
    }

    [Fact]
    public async Task PolicyOff_OrTheWayBack_AnnouncesNothing_AndGitLabAwayHoldsUpNothing()
    {
        var (portal, said, announce) = Start(false);
        var (plan, operation) = await BeginAsync(portal, Takeover);
        await announce.BeginsAsync(plan, operation, default);
        said.Standing.ShouldBeEmpty();

        (portal, said, announce) = Start(true);
        (plan, operation) = await BeginAsync(portal, Takeover);
        await announce.BeginsAsync(plan, operation with { State = OperationState.RollingBack }, default);
        said.Standing.ShouldBeEmpty();
        said.Away = true;
        await announce.BeginsAsync(plan, operation, default);
        await announce.EndedAsync(plan, operation with { State = OperationState.RolledBack }, default);
    }

    private static (Portal Portal, MemoryBroadcasts Said, AnnounceStep Announce) Start(bool announces)
    {
        var context = ApplyPlanTests.Context();
        var portal = new Portal(context with
        {
            Settings = context.Settings with { Policies = Enum.GetValues<Phase>().ToDictionary(phase => phase, phase => PhasePolicy.Default(phase) with { AnnouncesSteps = announces }) },
        });
        var said = new MemoryBroadcasts();
        return (portal, said, new AnnounceStep(portal.Migration, said, portal));
    }

    private static async Task<(Plan Plan, Operation Operation)> BeginAsync(Portal portal, PlanTarget target)
    {
        var operation = (await portal.StartAsync(target))!;
        return ((await portal.Plans.FindAsync(operation.PlanId, default))!, operation);
    }
}
