using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>Takes out of a project what its move put in: exactly what stood before stands again.</summary>
public sealed class ReturnProject(IEnumerable<IMoveWay> ways, IEnrollmentStore enrollments, ICohortFacts facts, EnrollmentSteps steps, IGroupMoveStore groups)
{
    /// <summary>Before phase 2 that is the way back to docker; a pin is taken out in any phase.</summary>
    /// <returns>Refuses <c>not-moved</c>, <c>moved-by-group</c> and <c>moved-by-template</c> (carried along), <c>pin-instead</c> (untagged jobs no longer run on docker), <c>no-way-back</c>, <c>changed-meanwhile</c>, and GitLab's own no; with <see cref="DeskCode.RateLimited"/> it goes on when asked again.</returns>
    public async Task<Outcome<Enrollment>> RunAsync(ProjectId project, string? reason, PersonToken person, Actor who, CancellationToken cancel)
    {
        var carriers = await groups.CarryingAsync(project, cancel);
        if (await enrollments.ActiveAsync(project, cancel) is { Kind: EnrollmentKind.Carried, Original: null } carried && carried.State.HasChangedSomething())
            return carriers is [var carrier, ..]
                ? Refusal.Of("moved-by-group", $"The group {carrier.Path} moved it by its variable {carrier.Variable}. Keep this project alone on docker, which gives it a variable of its own, or ask the group's owners to take the group back.")
                : Refusal.Of("moved-by-template", "A template that it includes was moved. Keep this project alone on docker, which gives its jobs tags of their own, or ask the template's owner to take the template back.");
        if (await enrollments.ActiveAsync(project, cancel) is not { Original: not null, Way: { } by } active || !active.State.HasChangedSomething())
            return Refusal.Of("not-moved", "Nothing of this project was moved by the portal, so there is nothing to take back.");
        if (WhyNot(active, await facts.ReadAsync(project.Instance, cancel)) is { } late)
        {
            // Begun in an earlier phase and cut off: it is where it was, and what can be done from there is open again.
            if (active.State == EnrollmentState.Returning) await steps.GoAsync(active, EnrollmentState.Moved, who, string.Join(" ", late.Reasons), "enrollment.return-refused", cancel);
            return late;
        }

        // What is begun goes on to its end, whoever closes the page.
        cancel = CancellationToken.None;
        var returning = active.State == EnrollmentState.Returning ? active : await steps.GoAsync(active, EnrollmentState.Returning, who, reason, "enrollment.return", cancel);
        if (returning is null) return EnrollmentSteps.Meanwhile(project);
        switch (await ways.Single(one => one.Way == by).UndoAsync(returning, person, cancel))
        {
            // Asked for fewer requests it has said nothing of the change: that goes on when asked again.
            case Outcome<MoveProgress>.Refused { Refusal: { Code: DeskCode.RateLimited } later }:
                return later;
            case Outcome<MoveProgress>.Refused { Refusal: var no }:
                await steps.GoAsync(returning, await CameFromAsync(returning, cancel), who, string.Join(" ", no.Reasons), "enrollment.return-refused", cancel);
                return no;
            case Outcome<MoveProgress>.Done { Result: MoveProgress.GivenUp given }:
                return await steps.GiveUpAsync(returning, EnrollmentState.Returned, who, given.Why, cancel) ?? returning;
            case Outcome<MoveProgress>.Done { Result: MoveProgress.Done done } when returning.Kind == EnrollmentKind.Carried && carriers is [{ State: SharedMoveState.Moved } again, ..]:
                // Without a variable of its own it follows its group again.
                var follows = returning with { Target = EnrollmentTarget.Kubernetes, Until = null, Original = null };
                return await steps.GoAsync(follows, EnrollmentState.Moved, who, $"{done.Said} It follows the group {again.Path} again.", "enrollment.returned", cancel) ?? returning;
            case Outcome<MoveProgress>.Done { Result: MoveProgress.Done done }:
                return await steps.GoAsync(returning, EnrollmentState.Returned, who, done.Said, "enrollment.returned", cancel) ?? returning;
            case Outcome<MoveProgress>.Done { Result: MoveProgress.Open open }:
                return await steps.KeepAsync(returning with { Original = open.Original }, cancel) ?? returning;
            default:
                return returning;
        }
    }

    private static Refusal? WhyNot(Enrollment active, MigrationFacts known)
    {
        // What is only under way may always be given up, and a return that waits for a merge goes on.
        if (active.Target != EnrollmentTarget.Kubernetes || active.State == EnrollmentState.Moving || MoveAddress.Of(active) is not null) return null;
        return WayBack.In(known.Phase, known.Evacuated) switch
        {
            Back.PinToDocker => Refusal.Of("pin-instead", "Jobs without tags run on Kubernetes by now: stay on docker instead, which gives them the tag that leads there."),
            Back.None => Refusal.Of("no-way-back", "The docker runners have ended. Ask for help instead."),
            _ => null,
        };
    }

    // A change that was under way still is, and is followed.
    private async Task<EnrollmentState> CameFromAsync(Enrollment returning, CancellationToken cancel) =>
        (await enrollments.HistoryAsync(returning.Id, cancel)).LastOrDefault(one => one.To == EnrollmentState.Returning && one.From != EnrollmentState.Returning)?.From == EnrollmentState.Moving ? EnrollmentState.Moving : EnrollmentState.Moved;
}
