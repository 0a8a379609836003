using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>
/// Takes members back to docker that had moved when their cohort shrank, by the portal's own hand: an administrator wished for
/// it, and nobody of the project has to click. Called by a sweep; run twice it changes nothing the second time, because what
/// GitLab or the project's file refuses is moved again and its card offers the way back.
/// </summary>
public sealed class TakeBackShrunk(IEnrollmentStore enrollments, ReturnProject back, IPortalHand hands)
{
    private const int MostATurn = 20;

    /// <returns>How many were begun. None in observe mode: their cards offer the click.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        if (hands.Of(instance) is not { } hand) return 0;
        var (begun, turn) = (0, new PatientTurn());
        foreach (var one in await enrollments.InStateAsync(instance, EnrollmentState.Returning, cancel))
        {
            if (one is not { Seat.LeftAt: not null, Target: EnrollmentTarget.Kubernetes, Original: not null } || MoveAddress.Of(one) is not null) continue;
            if (begun++ == MostATurn) break;
            var answer = await turn.OfAsync(() => back.RunAsync(one.Project, one.Reason, hand, Actor.Portal, cancel));
            // Whoever asks for fewer requests would say so of the others too.
            if (answer is Outcome<Enrollment>.Refused { Refusal.Code: DeskCode.RateLimited }) break;
        }

        return begun;
    }
}
