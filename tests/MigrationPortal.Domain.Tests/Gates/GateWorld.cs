using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Domain.Tests.Gates;

/// <summary>Facts of a ramp step that was reached on Monday 2 November 2026, in a takeover that began a week before.</summary>
internal static class GateWorld
{
    public static readonly DateTimeOffset Since = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    public static readonly GatePolicy Policy = GatePolicy.Default(GateStage.Overlap);

    public static GateStep Step(GateStage stage = GateStage.Overlap) => new("untagged-takeover/100/50", "docker 75 → 50 %", stage, Since, Since.AddDays(-7));

    /// <summary>Forty projects that run on both executors each day since the takeover began, read at so many days after the step.</summary>
    /// <param name="kubernetes">Failures for reasons of infrastructure of 1,000 jobs, and so on docker.</param>
    public static GateFacts Facts(int days, int kubernetes = 3, int docker = 3) => new(
        Step(), Since.AddDays(days).AddHours(9), DateTimeOffset.MinValue,
        [
            .. from day in Enumerable.Range(-7, days + 7)
                from project in Enumerable.Range(1, 40)
                select new ArmDay(
                    project, DateOnly.FromDateTime(Since.UtcDateTime).AddDays(day), Counts(project + day, kubernetes), Counts(project + day + 3, docker)),
        ],
        new CollectionFacts(1_000_000, 999_000, 4, Since.AddDays(days).AddHours(9).AddMinutes(-1)), new PendingFacts(200, 0, 0), new TimeFacts(40, 38, 1.05, 120),
        new FallbackFacts("docker", 40, 100_000), new CapacityFacts(6, 6), 12);

    // Failures come on some days more than on others, the same for both.
    private static ArmCounts Counts(int turn, int failed)
    {
        var some = failed + (turn % 3 == 0 ? 1 : turn % 3 == 1 ? -1 : 0);
        return new ArmCounts(1_000, 200 + some, Math.Max(0, some));
    }

    public static GateReading Read<TGate>(this GateFacts facts, GatePolicy? policy = null) where TGate : Gate =>
        Gate.All.OfType<TGate>().First().Read(facts, policy ?? Policy);
}
