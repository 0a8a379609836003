using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

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
        if (await portal.StartAsync(scene.Target) is not { } second) return;
        second.State.ShouldBe(OperationState.Succeeded);
        second.Steps.ShouldBeEmpty();
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
            (await portal.RollBack.RunAsync(operation.Id, Make.Admin, "back", default)).Result();
            (await portal.FinishAsync(operation.Id)).State.ShouldBe(OperationState.RolledBack, $"call {call}");
            Same(portal.GitLab.State, first);
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
            (await portal.RollBack.RunAsync(operation.Id, Make.Admin, "back", default)).Result();
            (await portal.FinishAsync(operation.Id)).State.ShouldBe(OperationState.RolledBack, $"call {call}");
            Same(portal.GitLab.State, first);
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
    public Task KilledAtEachTouchOfARollBack_AfterRestart_EndsInTheFirstFleet() => Always.HoldsAsync(Scene.Any, Cases, async scene =>
    {
        for (var touch = 1; ; touch++)
        {
            var portal = new Portal(scene.Context);
            if (await portal.StartAsync(scene.Target) is not { } operation) return;
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
        (await portal.RollBack.RunAsync(operation.Id, Make.Admin, "back", default)).Result();
        (await portal.FinishAsync(operation.Id)).State.ShouldBe(OperationState.RolledBack);
        Same(portal.GitLab.State, first);
        StayServed(scene, seen);
    });

    [Fact]
    public Task RunnerChangedBySomebodyElse_BeforeItsLastStep_Halts() => Always.HoldsAsync(Scene.Any, Cases, async scene =>
    {
        if (scene.Target is PlanTarget.Evacuate) return;
        var steps = scene.Plan().Steps;
        foreach (var victim in steps)
        {
            var portal = new Portal(scene.Context);
            if (await portal.StartAsync(scene.Target) is not { } operation) return;
            var meddled = victim.From with { Tags = victim.From.Tags.With("meddled") };
            portal.GitLab.Set(victim.Runner, runner => runner with { Attributes = meddled });
            await portal.Run.RunAsync(Make.Production, default);
            var halted = (await portal.Operations.FindAsync(operation.Id, default))!;
            halted.State.ShouldBe(OperationState.Halted);
            halted.HaltCode.ShouldBe("changed-meanwhile");
            halted.Waits!.ShouldContain("meddled");
            portal.GitLab.State[victim.Runner].ShouldBe(meddled);
        }
    });

    private static Dictionary<RunnerId, RunnerAttributes> Expected(Scene scene) =>
        scene.Context.Fleet.With(Planner.Effect(scene.Plan().Steps)).Runners.ToDictionary(runner => runner.Id, runner => runner.Attributes);

    private static void Same(IReadOnlyDictionary<RunnerId, RunnerAttributes> one, IReadOnlyDictionary<RunnerId, RunnerAttributes> other)
    {
        one.Count.ShouldBe(other.Count);
        foreach (var (runner, attributes) in other) one[runner].ShouldBe(attributes, $"runner {runner}");
    }

    private static void StayServed(Scene scene, List<IReadOnlyDictionary<RunnerId, RunnerAttributes>> seen)
    {
        var fleets = seen.Select(state => scene.Context.Fleet.With(state.ToDictionary(one => one.Key, one => (RunnerAttributes?)one.Value))).ToList();
        foreach (var one in scene.Context.Census.Classes)
            if (Scene.Served(fleets[0], one.Needs, scene.Context.Census) && Scene.Served(fleets[^1], one.Needs, scene.Context.Census))
                fleets.ShouldAllBe(fleet => Scene.Served(fleet, one.Needs, scene.Context.Census));
    }

    private static string Words(PhaseState state) => $"{state.Current} {string.Join(" | ", state.History)}";

    private static async Task<bool> KilledAsync(Func<Task> run)
    {
        try
        {
            await run();
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }
}
