using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Plans.OperationChecks;

namespace MigrationPortal.Domain.Tests.Plans;

/// <summary>Generated fleets, job classes and targets; GitLab failing and the portal dying at each possible point.</summary>
public class OperationProperties
{
    private const int Cases = 40;

    [Fact]
    public Task Apply_EndsInTheDesiredFleet_AndASecondApplyChangesNothing() => Always.HoldsAsync(Scene.Any, Cases * 10, async scene =>
    {
        var portal = new Portal(scene.Context);
        if (await portal.StartAsync(scene.Target) is not { } operation) return;
        (await portal.FinishAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);
        Same(portal.GitLab.State, Expected(scene));

        var writes = portal.GitLab.Writes;
        // Deleted runners cannot be named a second time; anything else is an empty plan, and that succeeds at once.
        if (await portal.StartAsync(scene.Target) is { } second)
        {
            second.State.ShouldBe(OperationState.Succeeded);
            second.Steps.ShouldBeEmpty();
        }
        else scene.Target.ShouldBeOfType<PlanTarget.DeleteRunners>();
        portal.GitLab.Writes.ShouldBe(writes);
    });

    [Theory]
    [InlineData(Fault.UnavailableBefore)]
    [InlineData(Fault.UnavailableAfter)]
    [InlineData(Fault.Refused)]
    public Task GitLabFailingAtEachCall_AfterResume_EndsInTheSameFleet_AndTheWayBackIsWhole(Fault fault) => Always.HoldsAsync(Scene.Any, Cases, async scene =>
    {
        for (var call = 1; ; call++)
        {
            var portal = new Portal(scene.Context);
            if (await portal.StartAsync(scene.Target) is not { } operation) return;
            var first = portal.GitLab.State;
            portal.GitLab.Failing = (portal.GitLab.Calls + call, fault);
            var last = portal.GitLab.Calls + call;
            (await portal.FinishAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded, $"call {call}");
            Same(portal.GitLab.State, Expected(scene));
            var reached = portal.GitLab.Calls < last;

            // What was found before the first try is what a later roll back restores, however often the step was tried.
            await BackAsync(portal, operation, first, $"call {call}");
            if (reached) return;
        }
    });

    [Theory]
    [InlineData(Fault.UnavailableBefore)]
    [InlineData(Fault.UnavailableAfter)]
    [InlineData(Fault.Refused)]
    public Task GitLabFailingAtEachCall_AfterRollBack_EndsInTheFirstFleet(Fault fault) => Always.HoldsAsync(Scene.Any, Cases, async scene =>
    {
        for (var call = 1; ; call++)
        {
            var portal = new Portal(scene.Context);
            var state = portal.Migration.State;
            if (await portal.StartAsync(scene.Target) is not { } operation) return;
            var first = portal.GitLab.State;
            portal.GitLab.Failing = (portal.GitLab.Calls + call, fault);
            var last = portal.GitLab.Calls + call;
            await portal.Run.RunAsync(Make.Production, default);
            if (!await BackAsync(portal, operation, first, $"call {call}")) return;
            portal.Migration.State.Current?.Phase.ShouldBe(state.Current?.Phase ?? portal.Migration.State.Current.Phase);
            if (portal.GitLab.Calls < last) return;
        }
    });

    [Fact]
    public Task KilledAtEachTouchOfTheWorld_AfterRestart_EndsInTheSameFleetAndPhase() => Always.HoldsAsync(Scene.Any, Cases, async scene =>
    {
        var calm = new Portal(scene.Context);
        if (await calm.StartAsync(scene.Target) is not { } undisturbed) return;
        await calm.FinishAsync(undisturbed.Id);

        for (var touch = 1; ; touch++)
        {
            var portal = new Portal(scene.Context);
            var operation = (await portal.StartAsync(scene.Target))!;
            portal.Touches.KillAt = portal.Touches.Count + touch;
            var killed = await KilledAsync(() => portal.FinishAsync(operation.Id));
            (await portal.FinishAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded, $"killed at {touch}");
            Same(portal.GitLab.State, Expected(scene));
            Words(portal.Migration.State).ShouldBe(Words(calm.Migration.State));
            portal.Migration.Settings.Decisions.ShouldBe(calm.Migration.Settings.Decisions, ignoreOrder: true);
            if (!killed) return;
        }
    });

    [Fact]
    public Task KilledAtEachTouchOfTheWorld_ThenRolledBack_EndsInTheFirstFleetAndPhase() => Always.HoldsAsync(Scene.Any, Cases, async scene =>
    {
        for (var touch = 1; ; touch++)
        {
            var portal = new Portal(scene.Context);
            var phase = portal.Migration.State.Current?.Phase;
            if (await portal.StartAsync(scene.Target) is not { } operation) return;
            var first = portal.GitLab.State;
            portal.Touches.KillAt = portal.Touches.Count + touch;
            var killed = await KilledAsync(() => portal.Run.RunAsync(Make.Production, default));
            portal.Touches.KillAt = 0;
            if (!await BackAsync(portal, operation, first, $"killed at {touch}")) return;
            portal.Migration.State.Current?.Phase.ShouldBe(phase ?? portal.Migration.State.Current.Phase);
            if (!killed) return;
        }
    });

    [Fact]
    public Task KilledAtEachTouchOfARollBack_AfterRestart_EndsInTheFirstFleet() => Always.HoldsAsync(Scene.Any, Cases, async scene =>
    {
        for (var touch = 1; ; touch++)
        {
            var portal = new Portal(scene.Context);
            if (scene.Target is PlanTarget.DeleteRunners || await portal.StartAsync(scene.Target) is not { } operation) return;
            var first = portal.GitLab.State;
            await portal.FinishAsync(operation.Id);
            portal.Touches.KillAt = portal.Touches.Count + touch;
            var killed = await KilledAsync(async () =>
            {
                await portal.RollBack.RunAsync(operation.Id, Make.Admin, "back", default);
                await portal.FinishAsync(operation.Id);
            });
            if ((await portal.Operations.FindAsync(operation.Id, default))!.State == OperationState.Succeeded) (await portal.RollBack.RunAsync(operation.Id, Make.Admin, "back", default)).Result();
            (await portal.FinishAsync(operation.Id)).State.ShouldBe(OperationState.RolledBack, $"killed at {touch}");
            Same(portal.GitLab.State, first);
            if (!killed) return;
        }
    });

    [Fact]
    public Task EveryWriteOfApplyAndRollBack_KeepsServedWhatWasAndWillBe() => Always.HoldsAsync(Scene.Any, Cases * 10, async scene =>
    {
        var portal = new Portal(scene.Context);
        var first = portal.GitLab.State;
        List<IReadOnlyDictionary<RunnerId, RunnerAttributes>> seen = [first];
        portal.GitLab.Written = () => seen.Add(portal.GitLab.State);
        if (await portal.StartAsync(scene.Target) is not { } operation) return;
        await portal.FinishAsync(operation.Id);
        StayServed(scene, seen);

        seen = [portal.GitLab.State];
        if (await BackAsync(portal, operation, first, "undisturbed")) StayServed(scene, seen);
    });

    private static void StayServed(Scene scene, List<IReadOnlyDictionary<RunnerId, RunnerAttributes>> seen)
    {
        var fleets = seen.Select(state => scene.Context.Fleet.With(state.ToDictionary(one => one.Key, one => (RunnerAttributes?)one.Value))).ToList();
        foreach (var one in scene.Context.Census.Classes)
            if (Scene.Served(fleets[0], one.Needs, scene.Context.Census) && Scene.Served(fleets[^1], one.Needs, scene.Context.Census))
                fleets.ShouldAllBe(fleet => Scene.Served(fleet, one.Needs, scene.Context.Census));
    }

    private static string Words(PhaseState state) => $"{state.Current} {string.Join(" | ", state.History)}";
}
