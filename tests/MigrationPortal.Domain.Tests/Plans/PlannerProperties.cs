using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

public class PlannerProperties
{
    private const int Cases = 2000;

    [Fact]
    public void EveryPrefixOfEveryPlan_KeepsServedWhatWasAndWillBe() => Always.Holds(Scene.Any, Cases, scene =>
    {
        var plan = scene.Plan();
        var fleet = scene.Context.Fleet;
        var after = fleet.With(Planner.Effect(plan.Steps));
        foreach (var one in scene.Context.Census.Classes.SelectMany(one => Known(one.Needs)))
        {
            if (!Scene.Served(fleet, one, scene.Context.Census) || !Scene.Served(after, one, scene.Context.Census)) continue;
            for (var length = 1; length < plan.Steps.Count; length++)
                Scene.Served(fleet.With(Planner.Effect(plan.Steps.Take(length))), one, scene.Context.Census)
                    .ShouldBeTrue($"{one} after step {length} of {plan.Steps.Count}");
        }
    });

    [Fact]
    public void ThePlanOfAReachedState_IsEmpty() => Always.Holds(Scene.Any, Cases, scene =>
    {
        var plan = scene.Plan();
        var state = scene.Target switch
        {
            PlanTarget.ToPhase phase => Make.State(phase.Phase, phase.KubernetesUntaggedPercent, phase.LegacyUntaggedPercent),
            PlanTarget.Evacuate => scene.Context.State with { Current = (scene.Context.State.Current ?? Make.State(Phase.Prepare).Current!) with { Evacuated = true } },
            _ => scene.Context.State,
        };
        var reached = scene with { Context = scene.Context with { Fleet = scene.Context.Fleet.With(Planner.Effect(plan.Steps)), State = state } };
        reached.Plan().Steps.ShouldBeEmpty();
        if (scene.Target is PlanTarget.ToPhase or PlanTarget.Evacuate) Drift.Of(reached.Context).ShouldBeEmpty();
    });

    [Fact]
    public void NoPlan_TouchesAnUnmanagedRunnerOrAnAccessLevel() => Always.Holds(Scene.Any, Cases, scene =>
    {
        var managed = scene.Context.Fleet.Runners.Where(runner => runner.Standing.Managed).ToDictionary(runner => runner.Id);
        foreach (var step in scene.Plan().Steps)
        {
            managed.ShouldContainKey(step.Runner);
            step.To?.AccessLevel.ShouldBe(managed[step.Runner].Attributes.AccessLevel);
        }
    });

    // No target names an unmanaged runner; should one ever, this is the second lock.
    [Fact]
    public void Planner_AskedToChangeOrDeleteEveryRunner_LeavesTheUnmanagedAlone() => Always.Holds(Scene.Any, Cases, scene =>
    {
        var all = scene.Context.Fleet.Runners;
        var managed = all.Where(runner => runner.Standing.Managed).Select(runner => runner.Id).ToHashSet();
        var desired = all.Select(runner => new DesiredRunner(runner.Id, runner.Attributes with { Tags = runner.Attributes.Tags.With("wish") }, "")).ToList();
        Planner.Steps(scene.Context.Fleet, desired, [], scene.Context.Census).Select(step => step.Runner).ShouldBe(managed, ignoreOrder: true);
        Planner.Steps(scene.Context.Fleet, [], [.. all.Select(runner => runner.Id)], scene.Context.Census).Select(step => step.Runner).ShouldBe(managed, ignoreOrder: true);
    });

    [Fact]
    public void EveryStep_ExpectsWhatTheOneBeforeLeft_AndNoStepIsIdle() => Always.Holds(Scene.Any, Cases, scene =>
    {
        var now = scene.Context.Fleet.Runners.ToDictionary(runner => runner.Id, runner => runner.Attributes);
        var steps = scene.Plan().Steps;
        foreach (var step in steps)
        {
            step.From.ShouldBe(now[step.Runner]);
            step.To.ShouldNotBe(step.From);
            now[step.Runner] = step.To!;
        }
        steps.Select(step => step.Order).ShouldBe(Enumerable.Range(1, steps.Count));
        steps.GroupBy(step => (step.Runner, step.Kind)).ShouldAllBe(group => group.Count() == 1);
    });

    [Fact]
    public void ServiceIndex_AgreesWithAskingEveryRunner() => Always.Holds(Scene.Any, Cases, scene =>
    {
        var index = new ServiceIndex(scene.Context.Fleet);
        foreach (var one in scene.Context.Census.Classes)
        {
            var access = scene.Context.Census.Projects.GetValueOrDefault(one.Needs.Project);
            index.IsServed(one.Needs, access).ShouldBe(Scene.Served(scene.Context.Fleet, one.Needs, scene.Context.Census));
            index.Servers(one.Needs, access).Order(Comparer<RunnerId>.Create((a, b) => a.Number.CompareTo(b.Number))).ShouldBe(
                scene.Context.Fleet.Runners.Where(runner => JobMatcher.Serves(runner.Observed, one.Needs, access, scene.Context.Fleet.TakenAt)).Select(runner => runner.Id).OrderBy(id => id.Number));
        }
    });

    [Fact]
    public void BlastRadius_NamesExactlyTheClassesThatLoseTheirLastRunner() => Always.Holds(Scene.Any, Cases, scene =>
    {
        var plan = scene.Plan();
        var after = scene.Context.Fleet.With(Planner.Effect(plan.Steps));
        var stranded = scene.Context.Census.Classes
            .Where(one => Known(one.Needs).Any(needs => !Served(after, needs)
                && (Served(scene.Context.Fleet, needs) || (Served(Back(scene.Context.Fleet), needs) && !Served(Back(after), needs)))))
            .Select(one => NoRunner.OverrideName(one.Needs.Tags)).Distinct().Order();
        plan.Blockers.Where(blocker => blocker.Code == NoRunner.Code).Select(blocker => blocker.Override).Order().ShouldBe(stranded);
        plan.BlastRadius.Classes.Sum(one => one.JobsPerDay).ShouldBe(scene.Context.Census.Classes.Sum(one => one.JobsPerDay), 1e-6);

        bool Served(FleetSnapshot fleet, JobNeeds needs) => Scene.Served(fleet, needs, scene.Context.Census);
    });

    // As if whoever is silent for less than a week were back.
    private static FleetSnapshot Back(FleetSnapshot fleet) => fleet with
    {
        Runners = [.. fleet.Runners.Select(one => JobMatcher.IsStale(one.Observed, fleet.TakenAt) ? one : one with { Observed = one.Observed with { ContactedAt = fleet.TakenAt } })],
    };

    private static JobNeeds[] Known(JobNeeds needs) =>
        needs.Protected is null ? [needs with { Protected = false }, needs with { Protected = true }] : [needs];
}
