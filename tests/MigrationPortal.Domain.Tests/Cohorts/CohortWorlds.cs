using CsCheck;
using MigrationPortal.Domain.Cohorts;

namespace MigrationPortal.Domain.Tests.Cohorts;

/// <summary>Generated worlds.</summary>
internal static partial class CohortWorld
{
    public static readonly Gen<(string Seed, List<Candidate> Candidates, GroupCaps Caps)> Any = Gen.Select(
        Gen.Int[0, 1_000_000], Gen.Select(Gen.Int[0, 6], Gen.Double[0.01, 500], Gen.Int[0, 9]).List[0, 120], Gen.Int[0, 8],
        (seed, projects, cap) => ($"seed-of-a-test-{seed}", projects.Select((one, at) => Candidate(at + 1, one.Item2, [1, 100 + one.Item1], one.Item3 == 0)).ToList(), Caps(cap)));
}
