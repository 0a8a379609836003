using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Gates;

/// <summary>Facts of the fast roll back at noon, of a state that was reached yesterday.</summary>
internal static class GuardWorld
{
    /// <summary>Nothing is the matter.</summary>
    public static readonly GuardFacts Calm = new(
        Make.Now, Make.Now.AddDays(-1), Make.Now.AddMinutes(-1), Hour(new ArmCounts(200, 20, 1), new ArmCounts(200, 20, 1)), new ArmCounts(100_000, 10_000, 300), new ArmCounts(50_000, 5_000, 150),
        null, new StuckFacts(0, 0, 0, 0), new ContactFacts(Make.Now.AddMinutes(-1), 6, 6, 20), new StartFacts(30, 0), []);

    /// <summary>Kubernetes alone fails.</summary>
    public static readonly GuardFacts Burst = Calm with { Hour = Hour(new ArmCounts(200, 60, 40), Calm.Hour.Docker) };

    /// <summary>All Kubernetes runners have lost their contact.</summary>
    public static readonly GuardFacts Dark = Calm with { Contact = Calm.Contact with { KubernetesInContact = 0 } };

    public static HourFacts Hour(ArmCounts kubernetes, ArmCounts docker, int projects = 9) => new(kubernetes, projects, projects, docker);

    /// <summary>Thirty projects on both executors each day, so many of 1,000 jobs failing for reasons of infrastructure.</summary>
    public static ArmDay[] Arms(int days, Func<int, int> kubernetes, int docker = 3) =>
    [
        .. from day in Enumerable.Range(0, days) from project in Enumerable.Range(1, 30)
            select new ArmDay(project, DateOnly.FromDateTime(Make.Now.UtcDateTime).AddDays(day - days), Counts(kubernetes(day), project + day), Counts(docker, project + day + 1)),
    ];

    // Failures come in some projects more than in others, a day's sum is the same.
    private static ArmCounts Counts(int failed, int turn)
    {
        var some = failed + (turn % 3 == 0 ? 1 : turn % 3 == 1 ? -1 : 0);
        return new ArmCounts(1_000, 100 + some, Math.Max(0, some));
    }
}
