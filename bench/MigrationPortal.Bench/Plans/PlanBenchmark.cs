using System.Diagnostics;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Bench.Plans;

/// <summary>
/// The plan of the whole takeover with its blast radius, for 1,000 runners and 5,000 job classes. Limit: one naive
/// pass of the matching engine over runners × classes, which a plan without an index would need at least twice.
/// </summary>
public static class PlanBenchmark
{
    public static Benchmark Of { get; } = new("plan", "ms", true, Goal.AtMost(1), (_, _) => Task.FromResult(Prepare()))
    {
        Method = "the plan of the takeover for 1,000 runners and 5,000 job classes, against one pass of the matching engine over runners x classes",
    };

    private static Contest Prepare()
    {
        var context = PlanWorld.Make(runners: 1000, classes: 5000);
        return new Contest(
            _ => Task.FromResult(Timed(() => Plan(context))),
            _ => Task.FromResult(Timed(() => OnePass(context))),
            Repetitions: 9);
    }

    private static int Plan(DesireContext context)
    {
        var target = new PlanTarget.ToPhase(Phase.UntaggedTakeover, null, null);
        var desire = DesiredState.Of(target, context);
        var plan = MakePlan.Compute(new PlanRequest(
            TargetWords.Title(target), PlanTargetJson.Write(target), context.Fleet, context.Census, desire.Runners, desire.Deletes,
            desire.Warnings, desire.Blockers, context.Fleet.TakenAt, Actor.Portal));
        if (plan.Steps.Count < 500 || plan.BlastRadius.Classes.Count < 50) throw new InvalidOperationException("This plan is too small to measure.");
        return plan.Steps.Count;
    }

    private static int OnePass(DesireContext context)
    {
        var served = 0;
        foreach (var one in context.Census.Classes)
        {
            var access = context.Census.Projects[one.Needs.Project];
            foreach (var runner in context.Fleet.Runners)
                if (JobMatcher.Serves(runner.Observed, one.Needs, access, context.Fleet.TakenAt)) served++;
        }
        return served;
    }

    private static double Timed(Func<int> work)
    {
        var start = Stopwatch.GetTimestamp();
        if (work() == 0) throw new InvalidOperationException("Nothing was done.");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
