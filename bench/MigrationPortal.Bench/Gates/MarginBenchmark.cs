using System.Globalization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Bench.Gates;

/// <summary>
/// How often the gate passes a Kubernetes that is worse by exactly the margin: share of generated worlds, decided by the gate itself
/// with its default policy over all its looks. Limit: what is allowed.
/// </summary>
internal static class MarginBenchmark
{
    private const int Worlds = 2_000;
    private const double MostPasses = 3.5;
    private const double BadDays = 0.07;

    private static readonly InstanceId Instance = new("bench");
    private static readonly GatePolicy Policy = GatePolicy.Default(GateStage.Overlap);

    public static Benchmark Plain { get; } = Of(
        "gates-margin", $"in % of {Worlds:N0} worlds (60 projects, 30,000 jobs in four weeks, watched for twelve, the careful ones first) where Kubernetes is worse by exactly the margin, the gate 'no worse than docker' passes at one of its looks; against what is allowed",
        () => Run("worse by the margin", new MarginTruth(Policy.Margin)), () => Run("equal", new MarginTruth(0)));

    public static Benchmark Incidents { get; } = Of(
        "gates-margin-incidents", $"the same with bad days: 7 % of all days on each executor by itself add 2 or 5 points to every job's rate; {Worlds:N0} worlds each, the worse of both counts",
        () => Math.Max(Run("worse by the margin, bad days +2 pp", Bad(Policy.Margin, 0.02)), Run("worse by the margin, bad days +5 pp", Bad(Policy.Margin, 0.05))),
        () => Run("equal, bad days +2 pp", Bad(0, 0.02)));

    private static MarginTruth Bad(double worse, double adds) => new(worse, BadDays, adds);

    private static Benchmark Of(string name, string method, Func<double> passes, Func<double> power) => new(
        name, "%", false, Goal.AtMost(1), (_, _) => Task.FromResult(new Contest(
            cancel => Task.Run(
                () =>
                {
                    var share = passes();
                    power();
                    return share;
                }, cancel),
            _ => Task.FromResult(MostPasses), Repetitions: 1, WarmsUp: false)))
    {
        Method = method,
        Group = Benchmark.Gates,
    };

    private static double Run(string name, MarginTruth truth)
    {
        var seen = new Seen[Worlds];
        Parallel.For(0, Worlds, world => seen[world] = See(MarginWorld.Facts(truth, world)));
        var looks = string.Join(", ", Enumerable.Range(1, Policy.Looks).Select(look => seen.Count(one => one.Look == look)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"#   {name}: no-worse passes in {Words(seen, one => one.Look > 0)}, by look {looks}; all gates of the step in {Words(seen, one => one.Holding.Count == 0)}{Holding(seen)}; the score alone, jobs taken for independent, at the same looks in {Words(seen, one => one.Score)}; the pooled rates, once at the end, in {Words(seen, one => one.Pooled)}"));
        return 100.0 * seen.Count(one => one.Look > 0) / Worlds;
    }

    private static string Words(Seen[] seen, Predicate<Seen> which)
    {
        var count = seen.Count(one => which(one));
        return string.Create(CultureInfo.InvariantCulture, $"{count:N0} of {seen.Length:N0} ({100.0 * count / seen.Length:0.0} %)");
    }

    private static string Holding(Seen[] seen)
    {
        var gates = seen.SelectMany(one => one.Holding).CountBy(gate => gate).OrderByDescending(gate => gate.Value).Select(gate => $"{gate.Key} {gate.Value}");
        return $" (held by {string.Join(", ", gates)})";
    }

    private static Seen See(GateFacts facts)
    {
        var evaluation = GateEvaluation.Of(Instance, facts, Policy);
        var gate = new NoWorseGate(all: false);
        var passes = evaluation.Readings.Single(reading => reading.Gate == gate.Key).Verdict == GateVerdict.Pass;
        var decisions = LookDecisions.Of(facts, Policy, LookPlan.Of(facts.Step, Policy)!, all: false).Taken;
        var both = facts.Arms.Aggregate(default(Stratum), (sum, arm) => sum + new Stratum(arm.Kubernetes.Rate(all: false), arm.Docker.Rate(all: false)));
        return new Seen(
            passes ? decisions[^1].Number : 0, [.. evaluation.Holding.Select(reading => reading.Gate)], decisions.Any(one => one.Comparison.Score?.High < Policy.Margin),
            StratifiedScore.Of([both], ScoreMethod.FarringtonManning)!.Interval(Comparisons.Confidence(Policy)).High < Policy.Margin);
    }

    /// <param name="Look">At which the gate passed; 0: it did not.</param>
    /// <param name="Holding">Gates that hold the step; none: all pass.</param>
    /// <param name="Score">What it would have been without the limits by day, at the looks that there were.</param>
    /// <param name="Pooled">What comparing all jobs of one side with all of the other would have said.</param>
    private readonly record struct Seen(int Look, IReadOnlyList<string> Holding, bool Score, bool Pooled);
}
