using System.Diagnostics;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Bench.Gates;

/// <summary>
/// What a step costs that has waited for half a year: 800 projects with three tag sets each on both executors, incident days, and looks that
/// wait week after week for their information. Limit: one whole comparison of the same cells, as <c>compare-10k</c> measures it.
/// </summary>
internal static class WaitBenchmark
{
    private const int Projects = 800;
    private const int Days = 190;
    private static readonly string[] TagSets = ["", "large", "linux"];
    private static readonly DateTimeOffset Since = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);
    private static readonly GatePolicy Policy = GatePolicy.Default(GateStage.Overlap);

    public static Benchmark Evaluation { get; } = Of("gates-wait", "one evaluation of all gates", Goal.AtMost(30), facts => GateEvaluation.Of(new InstanceId("production"), facts, Policy).Verdict != GateVerdict.Pass);

    public static Benchmark Curve { get; } = Of("gates-curve", "the chart of the difference", Goal.AtMost(30), facts => DifferenceCurve.Of(facts, Policy, all: false).Count is > 20 and <= DifferenceCurve.MostPoints);

    private static Benchmark Of(string name, string what, Goal goal, Func<GateFacts, bool> work) => new(name, "ms", true, goal, (_, _) => Task.FromResult(Prepare(work)))
    {
        Method = $"{what} of a step that has waited for {Days} days with {Projects * TagSets.Length} strata, against one whole comparison of the same {Projects * TagSets.Length * Days} cells",
        Group = Benchmark.Gates,
    };

    private static Contest Prepare(Func<GateFacts, bool> work)
    {
        var facts = Facts();
        ComparisonCell[] cells = [.. facts.Arms.Select(arm => new ComparisonCell(arm.Class, arm.Day, arm.Kubernetes.Rate(all: false), arm.Docker.Rate(all: false)))];
        return new Contest(_ => Task.FromResult(Timed(() => work(facts))), _ => Task.FromResult(Timed(() => Comparison.Of(cells, Policy.Margin, 0.95).Upper > 0)));
    }

    private static GateFacts Facts()
    {
        var random = new Random(20260504);
        var today = Since.AddDays(Days);
        return new GateFacts(
            new GateStep("untagged-takeover/100/50", "docker 75 → 50 %", GateStage.Overlap, Since, Since), today.AddHours(9), DateTimeOffset.MinValue,
            [
                .. from day in Enumerable.Range(0, Days)
                   let worse = (Kubernetes: Incident(random), Docker: Incident(random))
                   from project in Enumerable.Range(1, Projects)
                   from tags in TagSets
                   select new ArmDay(project, DateOnly.FromDateTime(Since.UtcDateTime).AddDays(day), Counts(random, worse.Kubernetes), Counts(random, worse.Docker), tags),
            ],
            new CollectionFacts(1_000_000, 1_000_000, 0, today.AddHours(9)), new PendingFacts(0, 0, 0), new TimeFacts(40, 38, 1.05, 120), new FallbackFacts("docker", 40, 100_000), new CapacityFacts(6, 6), 12);
    }

    private static double Incident(Random random) => random.NextDouble() < 0.07 ? 0.05 : 0;

    private static ArmCounts Counts(Random random, double worse)
    {
        var finished = random.Next(1, 4);
        var infrastructure = Enumerable.Range(0, finished).Count(_ => random.NextDouble() < 0.003 + worse);
        return new ArmCounts(finished, infrastructure + Enumerable.Range(0, finished - infrastructure).Count(_ => random.NextDouble() < 0.1), infrastructure);
    }

    private static double Timed(Func<bool> work)
    {
        var start = Stopwatch.GetTimestamp();
        if (!work()) throw new InvalidOperationException("This is not the step that was to be measured.");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
