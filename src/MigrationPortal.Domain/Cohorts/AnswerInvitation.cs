using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>A project's people say yes or no. After a yes, and only then, the coin decides who moves now and who waits: so both halves are projects that said yes.</summary>
public sealed class AnswerInvitation(ICohortStore cohorts, IEnrollmentStore enrollments, ICohortFacts facts, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>
    /// The same answer again changes nothing. Refuses <c>not-invited</c>, <c>moved-already</c>, <c>not-in-phase</c> (for a yes) and
    /// <c>changed-meanwhile</c>.
    /// </summary>
    public async Task<Outcome<Enrollment>> RunAsync(ProjectId project, bool accepts, string? reason, Actor who, CancellationToken cancel)
    {
        var enrollment = await enrollments.ActiveAsync(project, cancel) ?? await enrollments.NewestAsync(project, cancel);
        if (enrollment is null or { State: EnrollmentState.Selected or EnrollmentState.Withdrawn or EnrollmentState.Returned or EnrollmentState.Graduated or EnrollmentState.Refused })
            return Refusal.Of("not-invited", $"Project {project} is not asked. Its maintainers can still try Kubernetes by themselves.");
        if (enrollment.State.HasChangedSomething()) return Refusal.Of("moved-already", $"Project {project} is {enrollment.State.Word()} already: go back instead of answering.");
        if (accepts ? enrollment.State is EnrollmentState.Accepted or EnrollmentState.Waitlisted : enrollment.State == EnrollmentState.Declined) return enrollment;

        var known = await facts.ReadAsync(project.Instance, cancel);
        if (accepts && !known.CanInvite) return SendWave.NotInPhase(known);
        var after = accepts ? await AcceptedAsync(enrollment, known, who, reason, cancel) : enrollment.Go(EnrollmentState.Declined, who, clock.Now(project.Instance), reason);
        var entry = new AuditEntry(after.At, project.Instance, who, accepts ? "enrollment.accept" : "enrollment.decline", $"project/{project.Number}", reason, Shown(enrollment), Shown(after));
        var saved = await audit.WriteAsync(entry, () => enrollments.SaveAsync(after, enrollment.State, cancel), cancel);
        return saved is null ? Refusal.Of("changed-meanwhile", $"Somebody else has answered for project {project} at this moment: look again.") : saved;
    }

    // Only what was drawn is compared, so only there somebody waits; and a coin that has fallen stays.
    private async Task<Enrollment> AcceptedAsync(Enrollment enrollment, MigrationFacts known, Actor who, string? reason, CancellationToken cancel)
    {
        var now = clock.Now(enrollment.Project.Instance);
        if (enrollment is not { Kind: EnrollmentKind.Random, Seat: { } seat } || !known.TossesCoins || await cohorts.FindAsync(enrollment.Project.Instance, seat.Cohort, cancel) is not { } cohort)
            return enrollment.Go(EnrollmentState.Accepted, who, now, reason);
        var coin = CoinToss.Of(cohort.Seed, enrollment.Project);
        return enrollment.Go(coin == CoinSide.Now ? EnrollmentState.Accepted : EnrollmentState.Waitlisted, who, now, reason) with { Coin = coin };
    }

    internal static string Shown(Enrollment enrollment) => JsonSerializer.Serialize(new { state = enrollment.State.Word(), target = enrollment.Target.Word(), coin = enrollment.Coin?.ToString().ToLowerInvariant() });
}
