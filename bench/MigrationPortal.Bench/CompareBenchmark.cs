using System.Diagnostics;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Bench;

/// <summary>
/// What every evaluation of a gate computes: Kubernetes against docker in 10,000 projects on 28 days. Limit: the score interval alone,
/// found as it is written down, by halving [−1, 1] to 1e-10 for both limits.
/// </summary>
internal static class CompareBenchmark
{
    private const int Projects = 10_000;
    private const int Days = 28;
    private const int Halvings = 35;

    public static Benchmark Benchmark { get; } = new("compare-10k", "ms", true, Goal.AtMost(1), (_, _) => Task.FromResult(Prepare()))
    {
        Method = "a whole comparison of 10,000 strata on 28 days (280,000 cells), against 2 x 35 sums of the strata's restricted variances, which the score interval alone takes by bisection",
        Group = Benchmark.Gates,
    };

    private static Contest Prepare()
    {
        var cells = Cells();
        Stratum[] strata = [.. cells.GroupBy(cell => cell.Stratum).Select(group => group.Aggregate(default(Stratum), (sum, cell) => sum + new Stratum(cell.Kubernetes, cell.Docker)))];
        for (var warm = 0; warm < 10; warm++) _ = (Compare(cells), Halve(strata));
        return new Contest(_ => Task.FromResult(Timed(() => Compare(cells))), _ => Task.FromResult(Timed(() => Halve(strata))), Repetitions: 9);
    }

    private static bool Compare(ComparisonCell[] cells) =>
        Comparison.Of(cells, 0.0025, 0.95) is { ComparedStrata: Projects, ByDay.Blocks: Days, Upper: > 0 };

    private static bool Halve(Stratum[] strata)
    {
        var sum = 0.0;
        for (var limit = 0; limit < 2; limit++)
            for (var step = 0; step < Halvings; step++)
                foreach (var stratum in strata) sum += RestrictedRates.Variance(stratum, 0.0001 * (step - 17));
        return sum > 0;
    }

    // A third of a percent fails on both executors; a third of the jobs runs on Kubernetes.
    private static ComparisonCell[] Cells()
    {
        var random = new Random(20261102);
        return
        [
            .. from project in Enumerable.Range(0, Projects)
               from day in Enumerable.Range(0, Days)
               select new ComparisonCell($"group/project-{project}", new DateOnly(2026, 11, 2).AddDays(day), Rate(random, 10), Rate(random, 20)),
        ];
    }

    private static Rate Rate(Random random, int most)
    {
        var finished = random.Next(1, most);
        return new Rate(Enumerable.Range(0, finished).Count(_ => random.NextDouble() < 0.0033), finished);
    }

    private static double Timed(Func<bool> work)
    {
        var start = Stopwatch.GetTimestamp();
        if (!work()) throw new InvalidOperationException("This is not the comparison that was to be measured.");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
