using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

/// <summary>Steps that go side by side.</summary>
public class WaveTests
{
    [Fact]
    public async Task Widening_TakesFewLooks_AndTwoSavesAWave()
    {
        var (portal, operation) = await StartedAsync(legacy: 12);
        var (calls, saves) = (portal.GitLab.Calls, portal.Operations.Saves);
        (await portal.FinishAsync(operation.Id, 1)).State.ShouldBe(OperationState.Succeeded);

        // Two waves of six: a look before and after each, twelve writes, and the whole fleet once at the end.
        (portal.GitLab.Calls - calls).ShouldBe(2 * 2 + 12 + 1);
        (portal.Operations.Saves - saves).ShouldBe(2 * 2 + 1);
    }

    [Fact]
    public async Task IntentsOfAWave_AreStored_BeforeAnythingIsWritten()
    {
        var (portal, operation) = await StartedAsync(legacy: 6);
        var seen = new List<int>();
        portal.GitLab.Written = () => seen.Add(portal.Operations.FindAsync(operation.Id, default).Result!.Steps.Count(step => step is { State: OperationStepState.Running, Found: not null }));
        await portal.FinishAsync(operation.Id, 1);
        seen.ShouldBe([6, 6, 6, 6, 6, 6]);
    }

    [Theory]
    [InlineData(Fault.Refused, OperationState.Halted, OperationStepState.Failed)]
    [InlineData(Fault.UnavailableBefore, OperationState.Waiting, OperationStepState.Running)]
    public async Task OneOfAWaveFails_ThoseNotYetSentAreNotBegun_AndResumeEndsWell(Fault fault, OperationState state, OperationStepState failed)
    {
        var (portal, operation) = await StartedAsync(legacy: 6);
        // The look, then the third write.
        portal.GitLab.Failing = (portal.GitLab.Calls + 4, fault);
        (await portal.Run.RunAsync(Make.Production, default)).Operation!.State.ShouldBe(state);
        var stopped = (await portal.Operations.FindAsync(operation.Id, default))!;
        stopped.Steps.Select(step => step.State).ShouldBe([
            OperationStepState.Succeeded, OperationStepState.Succeeded, failed, OperationStepState.Pending, OperationStepState.Pending, OperationStepState.Pending]);
        stopped.Steps.Skip(3).ShouldAllBe(step => step.Found == null && step.IntentAt == null);
        portal.GitLab.Writes.ShouldBe(2);
        (await portal.FinishAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);
    }

    [Fact]
    public async Task Writes_AreUnderWayAtTheSameTime_AsManyAsAllowed_AndNoMore()
    {
        var (portal, operation) = await StartedAsync(legacy: 12);
        portal.GitLab.Lanes = 4;
        portal.GitLab.Held = new TaskCompletionSource();
        var run = portal.Run.RunAsync(Make.Production, default);
        portal.GitLab.UnderWay.ShouldBe(4);
        portal.GitLab.Held.SetResult();
        await run;
        portal.GitLab.MostUnderWay.ShouldBe(4);
        (await portal.Operations.FindAsync(operation.Id, default))!.State.ShouldBe(OperationState.Succeeded);
    }

    [Fact]
    public async Task Narrowing_TwoThatTogetherWouldStrandAJob_TheSecondWaits()
    {
        // Kubernetes falls silent after the operation began: one of the two legacy runners must stay.
        var context = ApplyPlanTests.Context() with { Fleet = Make.Fleet(Make.Legacy(1, "docker"), Make.Legacy(2, "docker"), Make.Kubernetes(11, "k8s-default")), Census = Make.Census(Make.Class("", 3)) };
        var portal = new Portal(context);
        var edit = new PlanTarget.EditRunners([new RunnerEdit(1, null, false, null), new RunnerEdit(2, null, false, null), new RunnerEdit(11, null, true, null)]);
        var operation = (await portal.StartAsync(edit))!;
        portal.GitLab.Set(Make.Id(11), runner => runner with { ContactedAt = Make.Now.AddMinutes(-4) });
        portal.GitLab.Written = () => portal.GitLab.Set(Make.Id(11), runner => runner with { ContactedAt = Make.Now.AddMinutes(-6) });
        // Relied on by name it would be missed at once; without that, what it serves decides.
        await portal.Operations.SaveAsync(operation with { StartedAt = Make.Now.AddMinutes(-2), Steps = [.. operation.Steps.Select(step => step with { Step = step.Step with { ReliesOn = [] } })] }, default);

        (await portal.Run.RunAsync(Make.Production, default)).Operation!.Waits!.ShouldContain("legacy-2 is the last runner in contact for untagged jobs");
        portal.GitLab.State[Make.Id(1)].RunUntagged.ShouldBeFalse();
        portal.GitLab.State[Make.Id(2)].RunUntagged.ShouldBeTrue();
    }

    private static async Task<(Portal Portal, Operation Operation)> StartedAsync(int legacy)
    {
        var runners = Enumerable.Range(1, legacy).Select(id => Make.Legacy(id, "docker")).ToArray();
        var portal = new Portal(ApplyPlanTests.Context() with { Fleet = Make.Fleet(runners) });
        var edit = new PlanTarget.EditRunners([.. runners.Select(runner => new RunnerEdit(runner.Id.Number, TagSet.Of("docker", "more"), null, null))]);
        return (portal, (await portal.StartAsync(edit))!);
    }
}
