using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>A cohort with all that a draw needs: its members, the candidates with its own exclusions, the migration.</summary>
/// <param name="Members">All kinds, in the order in which they came in.</param>
internal sealed record CohortRoom(Cohort Cohort, IReadOnlyList<Enrollment> Members, IReadOnlyList<Candidate> Candidates, MigrationFacts Facts)
{
    /// <summary>Those that the draw speaks of.</summary>
    public IReadOnlyList<Enrollment> Random { get; } = [.. Members.Where(one => one.Kind == EnrollmentKind.Random)];

    public static async Task<CohortRoom?> ReadAsync(InstanceId instance, long id, ICohortStore cohorts, IEnrollmentStore enrollments, ICandidates candidates, ICohortFacts facts, CancellationToken cancel)
    {
        if (await cohorts.FindAsync(instance, id, cancel) is not { } cohort) return null;
        var found = (await candidates.ReadAsync(instance, cancel)).Select(one => Judged(one, cohort)).ToList();
        return new CohortRoom(cohort, await enrollments.MembersAsync(id, cancel), found, await facts.ReadAsync(instance, cancel));
    }

    /// <summary>
    /// A larger share never takes anybody out, whatever became of the candidates meanwhile, and a smaller one never takes anybody in.
    /// </summary>
    public CohortDraw Draw(decimal percent)
    {
        List<Member> members = [.. Random.Select(one => one.Seat!.Member)];
        var wanted = CohortSelection.SizeOf(percent, CohortSelection.Eligible(Candidates, members));
        var size = percent >= Cohort.Percent ? Math.Max(wanted, members.Count) : Math.Min(wanted, members.Count);
        return CohortSelection.Of(Cohort.Seed, Candidates, members, size, Cohort.Caps);
    }

    public int NextPlace => Members.Count == 0 ? 1 : Members.Max(one => one.Seat!.Place) + 1;

    // What an admin wrote is the first reason: it stays when the others pass.
    private static Candidate Judged(Candidate candidate, Cohort cohort) =>
        cohort.Excluded.TryGetValue(candidate.Project.Number, out var reason) ? candidate with { Exclusion = new Exclusion(Exclusions.Named, reason) } : candidate;
}
