using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <param name="Added">Have a place now; nobody was told.</param>
/// <param name="Withdrawn">Lost their place before anything of theirs was changed.</param>
/// <param name="Returning">Lost it, and go back to docker: the portal takes them there, or their people by a click (<see cref="Moves.TakeBackShrunk"/>).</param>
public sealed record CohortResized(Cohort Cohort, IReadOnlyList<ProjectId> Added, IReadOnlyList<ProjectId> Withdrawn, IReadOnlyList<ProjectId> Returning);

/// <summary>Changes a cohort's share: growing only adds, shrinking takes the last in first.</summary>
public sealed class ResizeCohort(ICohortStore cohorts, IEnrollmentStore enrollments, ICandidates candidates, ICohortFacts facts, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>
    /// Refuses <c>unknown-cohort</c>, <c>reason-missing</c>, <c>invalid-cohort</c>, <c>no-way-back</c> and <c>pin-instead</c> (members
    /// that would have to go back cannot: docker has ended, or takes no untagged jobs) and <c>changed-meanwhile</c>.
    /// </summary>
    public async Task<Outcome<CohortResized>> RunAsync(InstanceId instance, long id, decimal percent, string reason, Actor who, CancellationToken cancel)
    {
        if (await CohortRoom.ReadAsync(instance, id, cohorts, enrollments, candidates, facts, cancel) is not { } room) return PreviewWave.Unknown(id);
        if (string.IsNullOrWhiteSpace(reason)) return Refusal.Of("reason-missing", "Say why: the reason goes into the audit trail.");
        var resized = room.Cohort with { Percent = percent, By = who, At = clock.Now(instance) };
        if (resized.Problems().Select(one => $"{one.Field}: {one.Sentence}").ToArray() is { Length: > 0 } problems) return Refusal.Of("invalid-cohort", problems);
        var draw = room.Draw(percent);
        var leaving = draw.Removed.Select(member => room.Random.First(one => one.Project == member.Project)).ToList();
        if (leaving.Count(GoesBack) is > 0 and var moved && NoWayBack(moved, room.Facts) is { } no) return no;
        return await audit.ChangeAsync<Outcome<CohortResized>>(async () => await ResizedAsync(room, resized, draw, leaving, reason, cancel), cancel);
    }

    private async Task<(Outcome<CohortResized>, AuditEntry?)> ResizedAsync(CohortRoom room, Cohort resized, CohortDraw draw, List<Enrollment> leaving, string reason, CancellationToken cancel)
    {
        if (await cohorts.SaveAsync(resized, cancel) is not { } saved) return (Meanwhile(resized), null);
        var added = await SeatMembers.AddAsync(enrollments, room, draw.Added, resized.By, resized.At, reason, cancel);
        foreach (var one in leaving)
        {
            var left = Leaving(one, resized, reason);
            if (await enrollments.SaveAsync(left, one.State, cancel) is null) return (Meanwhile(resized), null);
        }

        var result = new CohortResized(
            saved, [.. added.Select(one => one.Project)], [.. leaving.Where(one => !one.State.HasChangedSomething()).Select(one => one.Project)], [.. leaving.Where(GoesBack).Select(one => one.Project)]);
        return (result, new AuditEntry(resized.At, resized.Instance, resized.By, "cohort.resize", $"cohort/{resized.Id}", reason, JsonSerializer.Serialize(new { percent = room.Cohort.Percent, members = room.Random.Count }), JsonSerializer.Serialize(new
        {
            percent = saved.Percent,
            added = result.Added.Select(one => one.Number),
            withdrawn = result.Withdrawn.Select(one => one.Number),
            returning = result.Returning.Select(one => one.Number),
        })));
    }

    /// <summary>The cohort brought it to Kubernetes. That it stays on docker is its people's own wish, and not the cohort's to take out.</summary>
    private static bool GoesBack(Enrollment one) => one.State.HasChangedSomething() && one.Target == EnrollmentTarget.Kubernetes;

    private static Refusal? NoWayBack(int moved, MigrationFacts known) => WayBack.In(known.Phase, known.Evacuated) switch
    {
        Back.None => Refusal.Of("no-way-back", string.Create(CultureInfo.InvariantCulture, $"{moved} of the members that would leave run on Kubernetes, and docker has ended: they cannot go back.")),
        Back.PinToDocker => Refusal.Of("pin-instead", string.Create(CultureInfo.InvariantCulture, $"{moved} of the members that would leave run on Kubernetes, and so do jobs without tags by now: without their change they would not go back. Leave the cohort as it is, or let its people keep their projects on docker.")),
        _ => null,
    };

    // Where nothing is left to undo only the place is lost: what has ended stays as it ended.
    private static Enrollment Leaving(Enrollment one, Cohort resized, string reason)
    {
        var to = GoesBack(one) ? EnrollmentState.Returning : EnrollmentState.Withdrawn;
        var after = EnrollmentTransitions.Allows(one.State, to) ? one.Go(to, resized.By, resized.At, reason) : one with { By = resized.By, At = resized.At, Reason = reason };
        return after with { Seat = one.Seat! with { LeftAt = resized.At } };
    }

    private static Refusal Meanwhile(Cohort cohort) => Refusal.Of("changed-meanwhile", $"The cohort {cohort.Name} or one of its members was changed by somebody else: read it again.");
}
