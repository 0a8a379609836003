using System.Globalization;

namespace MigrationPortal.Bench.Gates;

/// <summary>
/// Whole migrations over simulated worlds, with default policies and every phase automatic: how many of them go as they must.
/// Limit: all of them.
/// </summary>
internal static class WorldBenchmark
{
    /// <summary>Names another last world than 20, and another first one than 1 before a dash, for a quick look: <c>4</c>, <c>17-20</c>.</summary>
    private const string Variable = "MIGRATIONPORTAL_BENCH_WORLDS";

    private static readonly int[] Asked = [.. (Environment.GetEnvironmentVariable(Variable) ?? "20").Split('-').Select(one => int.Parse(one, CultureInfo.InvariantCulture))];

    private static readonly int First = Asked.Length > 1 ? Asked[0] : 1;

    private static readonly int Worlds = Asked[^1] - First + 1;

    private const int MostDays = 300;
    private const int DaysOfWorse = 90;
    private const int DaysAfterTrouble = 21;

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        Of("gates-good", $"in which Kubernetes is as good as docker: those whose whole migration runs by itself within {MostDays} days, without a roll back but for an incident of Kubernetes alone, and without a job dropped for want of a runner",
            seed => WorldCourse.Untouched(seed, MostDays), story => story is { IsWhole: true, FalseActs: 0, Dropped: 0 }),
        Of("gates-worse", $"in which Kubernetes fails 3 times as often for reasons of infrastructure: those that promote nothing beyond opting in by themselves within {DaysOfWorse} days, and roll back the ramp step that a person forces on day 30",
            seed => WorldCourse.Worse(seed, DaysOfWorse), story => story is { Promotions: 1, Acts: not [], Dropped: 0 }),
        Of("gates-outage", $"in which an outage strikes Kubernetes at a ramp step: those that roll back within two evaluations of a burst standing in the facts, do nothing of the kind later, and reach the end by themselves within {MostDays} days",
            seed => WorldCourse.Struck(seed, MostDays, Trouble.OfKubernetes), story => story is { ActedOnTrouble: true, BurstStood: true, Looks: <= 2, IsWhole: true, Dropped: 0 }),
        Of("gates-outage-docker", "in which the same outage strikes docker: those without a roll back",
            seed => WorldCourse.Struck(seed, DaysAfterTrouble, Trouble.OfDocker), story => story is { Acts: [], Dropped: 0 }),
        Of("gates-outage-both", "in which it strikes both, as when the registry is away: those without a roll back",
            seed => WorldCourse.Struck(seed, DaysAfterTrouble, Trouble.OfBoth), story => story is { Acts: [], Dropped: 0 }),
        Of("gates-dark", "in which every cluster loses its network at a ramp step: those that are evacuated while it lasts, with no job dropped for want of a runner",
            seed => WorldCourse.Struck(seed, DaysAfterTrouble, Trouble.Darkness), story => story is { ActedOnTrouble: true, Reached: [.., { Evacuated: true }], Dropped: 0 }),
    ];

    private static Benchmark Of(string name, string method, Func<int, WorldCourse> course, Predicate<WorldStory> isRight) => new(
        name, "", false, Goal.AtLeast(1), (_, _) => Task.FromResult(new Contest(
            async cancel =>
            {
                var right = 0;
                for (var seed = First; seed < First + Worlds; seed++)
                {
                    var story = await WorldMigration.RunAsync(course(seed), cancel);
                    if (isRight(story)) right++;
                    Console.WriteLine($"#   {name}, world {seed}: {(isRight(story) ? "" : "NOT AS IT MUST, ")}{story}");
                }

                return right;
            },
            _ => Task.FromResult((double)Worlds), Repetitions: 1, WarmsUp: false)))
    {
        Method = $"of {Worlds} worlds {method}",
        Group = Benchmark.Gates,
    };
}
