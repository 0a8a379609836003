namespace MigrationPortal.Bench;

/// <summary>
/// Measures ours and the limit in turns, so that a slow minute of the machine slows both, and compares neighbours.
/// </summary>
public static class Runner
{
    public static async Task<Figure> RunAsync(Benchmark benchmark, BenchDatabases databases, CancellationToken cancellation)
    {
        var contest = await benchmark.PrepareAsync(databases, cancellation);
        await using var held = contest.Held;
        if (contest.WarmsUp)
        {
            await contest.MeasureAsync(cancellation);
            await contest.LimitAsync(cancellation);
        }

        var rounds = new List<(double Measured, double Limit)>(contest.Repetitions);
        for (var round = 0; round < contest.Repetitions; round++)
        {
            rounds.Add(await RoundAsync(contest, limitFirst: round % 2 == 1, cancellation));
        }

        return new Figure(
            benchmark.Name,
            benchmark.Unit,
            Median(rounds.Select(round => round.Measured)),
            Median(rounds.Select(round => round.Limit)),
            Median(rounds.Select(round => round.Measured / round.Limit)),
            benchmark.Goal);
    }

    // Whoever goes second finds caches as the first left them: they take turns at that too.
    private static async Task<(double Measured, double Limit)> RoundAsync(
        Contest contest, bool limitFirst, CancellationToken cancellation)
    {
        if (limitFirst)
        {
            var limit = await contest.LimitAsync(cancellation);
            return (await contest.MeasureAsync(cancellation), limit);
        }

        var measured = await contest.MeasureAsync(cancellation);
        return (measured, await contest.LimitAsync(cancellation));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
