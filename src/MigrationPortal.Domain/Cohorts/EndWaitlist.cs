using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>
/// Whoever waits may move after the bake time, counted from each one's own yes; and all of them at once when phase 1 ends, because
/// nothing is compared with them any more. Called by a sweep; run twice it changes nothing the second time.
/// </summary>
public sealed class EndWaitlist(IEnrollmentStore enrollments, ICohortFacts facts, IAuditTrail audit, IWorldClock clock)
{
    /// <returns>When whoever waits may move, the instance's time; null while everything is taken back, because nobody knows.</returns>
    public static DateTimeOffset? TurnOf(Enrollment waiting, MigrationFacts known)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        ArgumentNullException.ThrowIfNull(known);
        return !known.CanInvite ? null : known.TossesCoins ? waiting.Since + TimeSpan.FromDays(known.BakeDays) : waiting.Since;
    }

    /// <returns>How many may move now.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (now, known) = (clock.Now(instance), await facts.ReadAsync(instance, cancel));
        // While everything is taken back nobody is sent there; their wait goes on.
        if (!known.CanInvite) return 0;
        var ended = 0;
        foreach (var waiting in await enrollments.InStateAsync(instance, EnrollmentState.Waitlisted, cancel))
        {
            if (TurnOf(waiting, known) > now) continue;
            var after = waiting.Go(EnrollmentState.Accepted, Actor.Portal, now, known.TossesCoins ? $"waited {known.BakeDays} days" : "nobody waits any more: untagged jobs move");
            var entry = new AuditEntry(now, instance, Actor.Portal, "enrollment.waitlist-over", $"project/{waiting.Project.Number}", after.Reason, AnswerInvitation.Shown(waiting), AnswerInvitation.Shown(after));
            if (await audit.ChangeAsync<bool>(async () => await enrollments.SaveAsync(after, EnrollmentState.Waitlisted, cancel) is not null ? (true, entry) : (false, null), cancel)) ended++;
        }

        return ended;
    }
}
