using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Plans.OperationChecks;

namespace MigrationPortal.Domain.Tests.Plans;

/// <summary>Somebody else changes a runner of the plan, at each possible moment.</summary>
public class MeddlingProperties
{
    private const int Cases = 40;

    [Fact]
    public Task RunnerChangedBySomebodyElse_AtAnyMoment_Halts_AndResumeAndRollBackWork() => Always.HoldsAsync(Scene.Any, Cases, async scene =>
    {
        // Evacuation insists, and a deleted runner has no state to differ in.
        if (scene.Target is PlanTarget.Evacuate or PlanTarget.DeleteRunners) return;
        var calm = new Portal(scene.Context);
        if (await calm.StartAsync(scene.Target) is not { } undisturbed) return;
        var before = calm.GitLab.Calls;
        await calm.FinishAsync(undisturbed.Id);
        foreach (var victim in scene.Plan().Steps.Select(step => step.Runner).Distinct())
        {
            for (var call = before + 1; call <= calm.GitLab.Calls; call++)
            {
                // GitLab has no If-Match: between the look before a wave and the write itself nobody can see a change.
                if (calm.GitLab.Log.Skip(call - 1).TakeWhile(written => written is not null).Contains(victim)) continue;
                await MeddledAsync(scene, victim, call, resume: call % 2 == 0);
            }
        }
    });

    [Fact]
    public Task RunnerChangedAfterTheEnd_RollBackRestoresWhatWasRecorded() => Always.HoldsAsync(Scene.Any, Cases, async scene =>
    {
        foreach (var victim in scene.Plan().Steps.Select(step => step.Runner).Distinct())
        {
            var portal = new Portal(scene.Context);
            var first = portal.GitLab.State;
            if (scene.Target is PlanTarget.DeleteRunners || await portal.StartAsync(scene.Target) is not { } operation) return;
            await portal.FinishAsync(operation.Id);
            portal.GitLab.Set(victim, runner => runner with { Attributes = runner.Attributes with { Tags = runner.Attributes.Tags.With("meddled"), RunUntagged = true } });
            await BackAsync(portal, operation, first, $"{victim}");
        }
    });

    private static async Task MeddledAsync(Scene scene, RunnerId victim, int call, bool resume)
    {
        var portal = new Portal(scene.Context);
        var operation = (await portal.StartAsync(scene.Target))!;
        var first = portal.GitLab.State;
        RunnerAttributes? was = null, meddled = null;
        portal.GitLab.Meddling = (call, gitlab =>
        {
            was = gitlab.State[victim];
            meddled = was with { Tags = was.Tags.With("meddled") };
            gitlab.Set(victim, runner => runner with { Attributes = meddled });
        }
        );
        await portal.Run.RunAsync(Make.Production, default);
        var halted = (await portal.Operations.FindAsync(operation.Id, default))!;
        (halted.State, halted.HaltCode).ShouldBe((OperationState.Halted, "changed-meanwhile"), $"{victim} at call {call}");
        halted.Waits!.ShouldContain("meddled");
        portal.GitLab.State[victim].ShouldBe(meddled);

        if (resume)
        {
            portal.GitLab.Set(victim, runner => runner with { Attributes = was! });
            (await portal.FinishAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);
            Same(portal.GitLab.State, Expected(scene));
            return;
        }
        // What the operation had not touched yet is theirs to keep.
        var touched = halted.Originals().ContainsKey(victim);
        await BackAsync(portal, operation, touched ? first : new Dictionary<RunnerId, RunnerAttributes>(first) { [victim] = meddled! }, $"{victim} at call {call}");
    }
}
