namespace MigrationPortal.Bench.Gates;

/// <summary>
/// Whole migrations by themselves over simulated worlds, with default policies and every phase automatic: how many of them go as they
/// must. Limit: all of them.
/// </summary>
internal static class WorldBenchmark
{
    private const int Worlds = 3;
    private const int MostDays = 150;
    private const int DaysOfWorse = 60;

    public static Benchmark Good { get; } = Of(
        "gates-good", $"of {Worlds} worlds in which Kubernetes is as good as docker: those whose whole migration runs by itself within {MostDays} days, without a roll back and without a job dropped for want of a runner",
        seed => WorldMigration.Options(seed), MostDays, story => story is { IsWhole: true, Dropped: 0 });

    public static Benchmark Worse { get; } = Of(
        "gates-worse", $"of {Worlds} worlds in which Kubernetes fails 3 times as often for reasons of infrastructure: those that are not promoted beyond opting in within {DaysOfWorse} days",
        seed => WorldMigration.Options(seed, kubernetesFactor: 3), DaysOfWorse, story => !story.IsPromoted);

    private static Benchmark Of(string name, string method, Func<int, World.WorldOptions> options, int days, Predicate<MigrationStory> isRight) => new(
        name, "", false, Goal.AtLeast(1), (_, _) => Task.FromResult(new Contest(
            async cancel =>
            {
                var right = 0;
                await Parallel.ForAsync(1, Worlds + 1, cancel, async (seed, inner) =>
                {
                    var story = await WorldMigration.RunAsync(options(seed), days, inner);
                    if (isRight(story)) Interlocked.Increment(ref right);
                    Console.WriteLine($"#   {name}, world {seed}: {story}");
                });
                return right;
            },
            _ => Task.FromResult((double)Worlds), Repetitions: 1, WarmsUp: false)))
    {
        Method = method,
        Group = Benchmark.Gates,
    };
}
