using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Gives drawn projects their places, within the caller's transaction.</summary>
internal static class SeatMembers
{
    /// <returns>Those that got one; who was enrolled otherwise at this moment is left out.</returns>
    public static async Task<IReadOnlyList<Enrollment>> AddAsync(IEnrollmentStore enrollments, CohortRoom room, IReadOnlyList<Member> drawn, Actor who, DateTimeOffset at, string reason, CancellationToken cancel)
    {
        var (added, place) = (new List<Enrollment>(), room.NextPlace);
        foreach (var member in drawn)
        {
            var enrollment = new Enrollment(0, member.Project, EnrollmentTarget.Kubernetes, EnrollmentKind.Random, null, EnrollmentState.Selected, null, reason, who, at, 0)
            {
                Seat = new CohortSeat(room.Cohort.Id, place, null, member, null),
            };
            if (await enrollments.AddAsync(enrollment, cancel) is not { } seated) continue;
            added.Add(seated);
            place++;
        }

        return added;
    }
}
