using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

/// <summary>What an operation must have left behind.</summary>
internal static class OperationChecks
{
    public static Dictionary<RunnerId, RunnerAttributes> Expected(Scene scene) =>
        scene.Context.Fleet.With(Planner.Effect(scene.Plan().Steps)).Runners.ToDictionary(runner => runner.Id, runner => runner.Attributes);

    public static void Same(IReadOnlyDictionary<RunnerId, RunnerAttributes> one, IReadOnlyDictionary<RunnerId, RunnerAttributes> other)
    {
        one.Count.ShouldBe(other.Count);
        foreach (var (runner, attributes) in other) one[runner].ShouldBe(attributes, $"runner {runner}");
    }

    /// <returns>False where there is no way back: a deleted runner stays deleted.</returns>
    public static async Task<bool> BackAsync(Portal portal, Operation operation, IReadOnlyDictionary<RunnerId, RunnerAttributes> first, string when)
    {
        var turned = await portal.RollBack.RunAsync(operation.Id, Make.Admin, "back", default);
        if (turned.Code() == "deleted-runners")
        {
            operation.Steps.ShouldContain(step => step.Step.Kind == PlanStepKind.Delete);
            return false;
        }
        turned.Result();
        var back = await portal.FinishAsync(operation.Id);
        back.State.ShouldBe(OperationState.RolledBack, when);
        // Deleted although its answer was lost: the way back says so beside the runner.
        var gone = back.Steps.Where(step => step.IsRollBack && step.State == OperationStepState.Skipped).Select(step => step.Step.Runner).ToHashSet();
        if (gone.Count > 0) back.Steps.ShouldContain(step => step.Step.Kind == PlanStepKind.Delete);
        Same(portal.GitLab.State, first.Where(one => !gone.Contains(one.Key)).ToDictionary());
        return true;
    }

    /// <returns>Whether the portal died on the way.</returns>
    public static async Task<bool> KilledAsync(Func<Task> run)
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
