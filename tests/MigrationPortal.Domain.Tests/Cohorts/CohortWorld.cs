using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts;

/// <summary>Projects to choose from.</summary>
internal static partial class CohortWorld
{
    public const string Seed = "0123456789abcdef0123456789abcdef";

    private static readonly double[] Activities = [0.5, 3, 3, 20, 20, 20, 150, 3, 0.2, 30];

    public static ProjectId Id(long number) => new(Make.Production, number);

    public static Candidate Candidate(long number, double jobsPerDay = 20, long[]? groups = null, bool excluded = false) =>
        new(Id(number), $"team/app-{number}", (groups ?? [1]).ToHashSet(), jobsPerDay, excluded ? new Exclusion(Exclusions.Archived, "It is archived.") : null);

    /// <summary>Of the world that was computed elsewhere: 377 projects of 23 teams below one company.</summary>
    public static IEnumerable<Candidate> Company() =>
        Enumerable.Range(1, 400).Where(number => number % 17 != 0).Select(number => Candidate(number, Activities[number % 10], [1, 100 + (number % 23)]));

    /// <param name="each">0: no limit. The company itself has none.</param>
    public static GroupCaps Caps(int each) => each == 0 ? GroupCaps.None : new GroupCaps(each, new Dictionary<long, int?> { [1] = null });

    public static long[] Numbers(this IEnumerable<Member> members) => [.. members.Select(member => member.Project.Number)];
}
