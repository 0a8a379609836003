using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Graduation;

/// <summary>Takes the opt-in out of a moved project, which follows the phase from then on: by its maintainer's click, or by the portal's own hand.</summary>
public sealed class GraduateProject(ReadGraduation read, IEnumerable<IMoveWay> ways, IEnrollmentStore enrollments, IScanStore scans, ICohortFacts facts, EnrollmentSteps steps)
{
    /// <summary>One that was cut off goes on where it was.</summary>
    /// <returns>Refuses <c>not-moved</c>, <c>not-in-phase</c>, <c>cannot-graduate</c> with a sentence for each job in the way, <c>changed-meanwhile</c>, and GitLab's own no: then nothing was changed, or, with <see cref="DeskCode.RateLimited"/>, it goes on when asked again.</returns>
    public async Task<Outcome<Enrollment>> RunAsync(ProjectId project, string? reason, PersonToken person, Actor who, CancellationToken cancel)
    {
        var active = await enrollments.ActiveAsync(project, cancel);
        var leaving = active is { State: EnrollmentState.Returning, Target: EnrollmentTarget.Default, Original: not null } ? active : null;
        if (leaving is null)
        {
            if (active is not { Original: not null, Way: not null, Target: EnrollmentTarget.Kubernetes, State: EnrollmentState.Moved or EnrollmentState.Verified })
                return Refusal.Of("not-moved", "The project is not on Kubernetes by a change of the portal, so there is none to take out.");
            if (!CanBegin(await facts.ReadAsync(project.Instance, cancel))) return Refusal.Of("not-in-phase", "Before the phase docker fallback a job without the opt-in would run on docker again: go back instead.");
            var plan = (await read.PlansAsync(project.Instance, [active], cancel)).Single();
            if (!plan.CanGraduate) return Refusal.Of("cannot-graduate", [.. plan.WhyNot]);
            leaving = await steps.GoAsync(active with { Target = EnrollmentTarget.Default, Until = null }, EnrollmentState.Returning, who, reason, "enrollment.graduate", cancel);
            if (leaving is null) return EnrollmentSteps.Meanwhile(project);
        }

        // What is begun goes on to its end, whoever closes the page.
        cancel = CancellationToken.None;
        if (await scans.FindAsync(project, cancel) is not { } scan) return Refusal.Of("cannot-graduate", "Its CI file is not known any more: look at it again.");
        switch (await ways.Single(one => one.Way == leaving.Way).GraduateAsync(leaving, scan, person, cancel))
        {
            // Asked for fewer requests it has said nothing of the change: that goes on when asked again.
            case Outcome<MoveProgress>.Refused { Refusal: { Code: DeskCode.RateLimited } later }:
                return later;
            case Outcome<MoveProgress>.Refused { Refusal: var no }:
                await steps.GoAsync(leaving with { Target = EnrollmentTarget.Kubernetes }, EnrollmentState.Moved, who, string.Join(" ", no.Reasons), "enrollment.graduate-refused", cancel);
                return no;
            case Outcome<MoveProgress>.Done { Result: MoveProgress.Done done }:
                return await steps.GoAsync(leaving, EnrollmentState.Graduated, who, done.Said, "enrollment.graduated", cancel) ?? leaving;
            case Outcome<MoveProgress>.Done { Result: MoveProgress.Open open }:
                return await steps.KeepAsync(leaving with { Original = open.Original }, cancel) ?? leaving;
            default:
                return leaving;
        }
    }

    /// <summary>From the phase on in which Kubernetes takes untagged jobs and adopted tags alone.</summary>
    public static bool CanBegin(MigrationFacts known) => known is { Phase: >= 3, Evacuated: false };
}
