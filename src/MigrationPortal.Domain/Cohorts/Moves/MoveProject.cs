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
        var seat = await enrollments.ActiveAsync(wish.Project, cancel);
        if ((seat is null ? await WaitsAsync(wish.Project, known, now, cancel) : WhyNot(seat, wish, known)) is { } no) return no;
        return await GoAsync(seat, wish, outlook.Plan, person, who, cancel);
    }

    /// <param name="seat">The project's place; null: it gets one.</param>
    private async Task<Outcome<Moved>> GoAsync(Enrollment? seat, MoveWish wish, MovePlan plan, PersonToken person, Actor who, CancellationToken cancel)
    {
        var way = ways.Single(one => one.Way == wish.Way);
        var stands = seat?.Original;
        if (seat?.State != EnrollmentState.Moving && !(await way.LookAsync(plan, seat?.Original, person, cancel)).TryGet(out stands, out var not)) return not;
        // What is begun goes on to its end, whoever closes the page.
        cancel = CancellationToken.None;
        var moving = seat;
        if (seat?.State != EnrollmentState.Moving)
        {
            if ((seat ?? await SeatAsync(wish, who, cancel)) is not { } placed) return EnrollmentSteps.Meanwhile(wish.Project);
            var wished = placed with { Target = wish.Target, Way = wish.Way, Until = wish.Until, Original = stands };
            moving = await steps.GoAsync(wished, EnrollmentState.Moving, who, wish.Reason, "enrollment.move", cancel);
        }

        if (moving is null) return EnrollmentSteps.Meanwhile(wish.Project);
        switch (await way.ApplyAsync(moving, plan, person, cancel))
        {
            case Outcome<MoveProgress>.Refused { Refusal: var no }:
                // Asked again after a fault, or where GitLab took a part, what was changed may stand: only the way back knows what stood before.
                if (seat?.State != EnrollmentState.Moving && no.Code != DeskCode.PartlyDone) await StepBackAsync(seat, moving, who, string.Join(" ", no.Reasons), cancel);
                return no;
            case Outcome<MoveProgress>.Done { Result: MoveProgress.Done done }:
                return new Moved(await steps.GoAsync(moving, EnrollmentState.Moved, who, done.Said, "enrollment.moved", cancel) ?? moving, plan, done);
            case Outcome<MoveProgress>.Done { Result: MoveProgress.Open open }:
                return new Moved(await steps.KeepAsync(moving with { Original = open.Original }, cancel) ?? moving, plan, open);
            default:
                throw new InvalidOperationException("An outcome is done or refused.");
        }
    }

    /// <summary>Nothing was changed now: what an earlier move changed still stands, and whoever came with this click has no place.</summary>
    private async Task StepBackAsync(Enrollment? seat, Enrollment moving, Actor who, string why, CancellationToken cancel)
    {
        if (seat is { State: EnrollmentState.Moved or EnrollmentState.Verified })
        {
            await steps.GoAsync(moving with { Target = seat.Target, Until = seat.Until, Original = seat.Original }, EnrollmentState.Moved, who, why, "enrollment.move-refused", cancel);
            return;
        }

        var accepted = await steps.GoAsync(moving with { Until = null, Original = null }, EnrollmentState.Accepted, who, why, "enrollment.move-refused", cancel);
        if (seat is null && accepted is not null) await steps.GoAsync(accepted, accepted.Coin is null ? EnrollmentState.Withdrawn : EnrollmentState.Declined, who, why, "enrollment.withdraw", cancel);
    }

    /// <summary>A volunteer's place; whoever had one by a coin and said no gets that again, because the arms of the coin are compared.</summary>
    private async Task<Enrollment?> SeatAsync(MoveWish wish, Actor who, CancellationToken cancel) =>
        await enrollments.NewestAsync(wish.Project, cancel) is { State: EnrollmentState.Declined, Coin: not null } declined
            ? await steps.GoAsync(declined, EnrollmentState.Accepted, who, wish.Reason, "enrollment.accept", cancel)
            : await steps.JoinAsync(wish.Project, EnrollmentKind.Volunteer, wish.Target, who, wish.Reason, cancel);

    /// <summary>A no does not lead out of the half that waits.</summary>
    private async Task<Refusal?> WaitsAsync(ProjectId project, MigrationFacts known, DateTimeOffset now, CancellationToken cancel)
    {
        if (await enrollments.NewestAsync(project, cancel) is not { State: EnrollmentState.Declined, Coin: CoinSide.Waitlist } declined) return null;
        var waited = (await enrollments.LastAsync([declined.Id], EnrollmentState.Waitlisted, cancel)).GetValueOrDefault(declined.Id);
        var waiting = declined with { Since = waited?.At ?? declined.Since };
        return EndWaitlist.TurnOf(waiting, known) > now ? Waits(waiting, known) : null;
    }

    private static Refusal? WhyNot(Enrollment active, MoveWish wish, MigrationFacts known) => active switch
    {
        { State: EnrollmentState.Accepted } => null,
        { State: EnrollmentState.Moving } when active.Way == wish.Way && active.Target == wish.Target => null,
        { State: EnrollmentState.Moved or EnrollmentState.Verified } when active.Target != wish.Target && active.Way == wish.Way => null,
        { State: EnrollmentState.Waitlisted } => Waits(active, known),
        { State: EnrollmentState.Invited or EnrollmentState.Selected } => Refusal.Of("not-answered", "Your project is invited: say yes first."),
        { State: EnrollmentState.Moving } => Refusal.Of("moved-already", "Another change of this project is under way: let it end, or take it back."),
        { State: EnrollmentState.Returning } => Refusal.Of("moved-already", "The project is on its way back: let it end, or take it back once more."),
        _ => Refusal.Of("moved-already", active.Way == wish.Way ? "The project is there already." : $"The project was moved by {active.Way?.Word()}: go back first, or use the same way."),
    };

    private static Refusal Waits(Enrollment waiting, MigrationFacts known) =>
        Refusal.Of("waitlisted", string.Create(CultureInfo.InvariantCulture, $"Your project waits until {EndWaitlist.TurnOf(waiting, known)?.UtcDateTime:d MMM yyyy, HH:mm} UTC, so that those that moved can be compared with those that wait. You hear when it may move."));
}

/// <param name="Target">Kubernetes, or docker for a pin.</param>
/// <param name="Until">Of a pin: its end; null: none.</param>
public sealed record MoveWish(ProjectId Project, EnrollmentTarget Target, EnrollmentWay Way, DateTimeOffset? Until, string? Reason);

/// <param name="Progress">Done, or what people still have to do.</param>
public sealed record Moved(Enrollment Enrollment, MovePlan Plan, MoveProgress Progress);
