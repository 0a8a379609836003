using System.Globalization;
using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>
/// Moves a project, or pins it to docker, in its maintainer's name. What stood before is stored before anything is changed;
/// asked again after a fault it goes on where it was.
/// </summary>
public sealed class MoveProject(ReadMove read, IEnumerable<IMoveWay> ways, IEnrollmentStore enrollments, ICohortFacts facts, EnrollmentSteps steps, IWorldClock clock)
{
    /// <summary>Merge requests open at one time: reviewers and pipelines are people and machines too.</summary>
    private const int MostOpen = 100;

    /// <returns>
    /// Refuses <c>not-in-phase</c>, <c>not-scanned</c>, <c>way-not-offered</c>, <c>waitlisted</c>, <c>moved-already</c>,
    /// <c>invalid-until</c>, <c>too-many-open</c>, <c>changed-meanwhile</c>, and GitLab's own no with a <see cref="DeskCode"/>: then nothing was changed.
    /// </returns>
    public async Task<Outcome<Moved>> RunAsync(MoveWish wish, PersonToken person, Actor who, CancellationToken cancel)
    {
        var (known, now) = (await facts.ReadAsync(wish.Project.Instance, cancel), clock.Now(wish.Project.Instance));
        if (!known.CanInvite) return SendWave.NotInPhase(known);
        if (wish.Until is { } until && (until <= now || until > now + ChangePin.Longest)) return Refusal.Of("invalid-until", $"Must lie ahead, and within a year: {now.AddDays(1):yyyy-MM-dd} to {now + ChangePin.Longest:yyyy-MM-dd}.");
        if (await read.RunAsync(wish.Project, wish.Target, cancel) is not { } outlook) return Refusal.Of("not-scanned", "The project's CI file was not looked at yet, or could not be read: look at it first.");
        var offer = outlook.Ways.FirstOrDefault(one => one.Way == wish.Way);
        if (offer is not { IsOffered: true }) return Refusal.Of("way-not-offered", offer?.Why ?? "This way is not set up.");
        if (wish.Way == EnrollmentWay.MergeRequest && (await enrollments.InStateAsync(wish.Project.Instance, EnrollmentState.Moving, cancel)).Count(one => one.Way == wish.Way && one.Project != wish.Project) >= MostOpen)
            return Refusal.Of("too-many-open", $"{MostOpen} merge requests of this kind are open already: try again when some are merged, or paste the lines yourself.");
        return (await SeatAsync(wish, known, who, cancel)).TryGet(out var seat, out var no) ? await GoAsync(seat, wish, outlook.Plan, person, who, cancel) : no;
    }

    private async Task<Outcome<Moved>> GoAsync(Enrollment seat, MoveWish wish, MovePlan plan, PersonToken person, Actor who, CancellationToken cancel)
    {
        var way = ways.Single(one => one.Way == wish.Way);
        var moving = seat;
        if (seat.State != EnrollmentState.Moving)
        {
            if (!(await way.LookAsync(plan, seat.Original, person, cancel)).TryGet(out var stands, out var not)) return not;
            var wished = seat with { Target = wish.Target, Way = wish.Way, Until = wish.Until, Original = stands };
            if (await steps.GoAsync(wished, EnrollmentState.Moving, who, wish.Reason, "enrollment.move", cancel) is not { } begun) return EnrollmentSteps.Meanwhile(wish.Project);
            moving = begun;
        }

        switch (await way.ApplyAsync(moving, plan, person, cancel))
        {
            case Outcome<MoveProgress>.Refused { Refusal: var no }:
                // Asked again after a fault, what the first try changed may stand: only the way back knows what stood before.
                if (seat.State == EnrollmentState.Moving) return no;
                // Nothing was changed now; what an earlier move changed still stands.
                var stood = seat.State is EnrollmentState.Moved or EnrollmentState.Verified;
                var back = moving with { Target = stood ? seat.Target : moving.Target, Until = stood ? seat.Until : null, Original = stood ? seat.Original : null };
                await steps.GoAsync(back, stood ? EnrollmentState.Moved : EnrollmentState.Accepted, who, string.Join(" ", no.Reasons), "enrollment.move-refused", cancel);
                return no;
            case Outcome<MoveProgress>.Done { Result: MoveProgress.Done done }:
                return new Moved(await steps.GoAsync(moving, EnrollmentState.Moved, who, done.Said, "enrollment.moved", cancel) ?? moving, plan, done);
            case Outcome<MoveProgress>.Done { Result: MoveProgress.Open open }:
                return new Moved(await steps.KeepAsync(moving with { Original = open.Original }, cancel) ?? moving, plan, open);
            default:
                throw new InvalidOperationException("An outcome is done or refused.");
        }
    }

    /// <summary>The project's place: the one it has, or a volunteer's.</summary>
    private async Task<Outcome<Enrollment>> SeatAsync(MoveWish wish, MigrationFacts known, Actor who, CancellationToken cancel)
    {
        var active = await enrollments.ActiveAsync(wish.Project, cancel);
        switch (active)
        {
            case null:
                return await steps.JoinAsync(wish.Project, EnrollmentKind.Volunteer, wish.Target, who, wish.Reason, cancel) is { } joined ? joined : EnrollmentSteps.Meanwhile(wish.Project);
            case { State: EnrollmentState.Accepted }:
            case { State: EnrollmentState.Moving } when active.Way == wish.Way && active.Target == wish.Target:
            case { State: EnrollmentState.Moved or EnrollmentState.Verified } when active.Target != wish.Target && active.Way == wish.Way:
                return active;
            case { State: EnrollmentState.Waitlisted }:
                return Refusal.Of("waitlisted", string.Create(CultureInfo.InvariantCulture, $"Your project waits until {EndWaitlist.TurnOf(active, known)?.UtcDateTime:d MMM yyyy, HH:mm} UTC, so that those that moved can be compared with those that wait. You hear when it may move."));
            case { State: EnrollmentState.Invited or EnrollmentState.Selected }:
                return Refusal.Of("not-answered", "Your project is invited: say yes first.");
            case { State: EnrollmentState.Moving }:
                return Refusal.Of("moved-already", "Another change of this project is under way: let it end, or take it back.");
            default:
                return Refusal.Of("moved-already", active.Way == wish.Way ? "The project is there already." : $"The project was moved by {active.Way?.Word()}: go back first, or use the same way.");
        }
    }
}

/// <param name="Target">Kubernetes, or docker for a pin.</param>
/// <param name="Until">Of a pin: its end; null: none.</param>
public sealed record MoveWish(ProjectId Project, EnrollmentTarget Target, EnrollmentWay Way, DateTimeOffset? Until, string? Reason);

/// <param name="Progress">Done, or what people still have to do.</param>
public sealed record Moved(Enrollment Enrollment, MovePlan Plan, MoveProgress Progress);
