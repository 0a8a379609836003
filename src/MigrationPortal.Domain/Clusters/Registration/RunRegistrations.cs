using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>
/// Carries registrations on to their end, or back. Killed anywhere, the next turn finds out what is there and goes on; a token
/// that died with its process is replaced by another one. Called by a sweep that nobody else runs at the same time.
/// </summary>
public sealed class RunRegistrations(IRegistrationStore registrations, RegistrationSteps steps, RegistrationForward forward, RegistrationBack back, HeldTokens held, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <returns>How many are open still.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (open, faults) = (0, new ItemFaults());
        foreach (var one in await registrations.OpenAsync(instance, cancel))
        {
            open++;
            // What is wrong with one is no matter of the others.
            if (await faults.OfAsync(() => CarryOnAsync(one, cancel), cancel)) open--;
        }

        faults.Throw();
        return open;
    }

    /// <returns>Whether it has ended, or somebody else goes on with it.</returns>
    private async Task<bool> CarryOnAsync(ClusterRegistration one, CancellationToken cancel)
    {
        ClusterRegistration? now = one;
        while (now is { IsActive: true })
        {
            if (now.State is not (RegistrationState.Creating or RegistrationState.Delivering)) held.Drop(now.Id);
            if (now.State == RegistrationState.Undoing && now.RetryAt > time.GetUtcNow()) return false;
            var turn = now.State == RegistrationState.Undoing ? await back.RunAsync(now, cancel) : await forward.RunAsync(now, cancel);
            if (turn is RegistrationTurn.Wait wait)
            {
                await WaitAsync(wait, cancel);
                return false;
            }

            now = (turn as RegistrationTurn.Went)?.Now;
        }

        return true;
    }

    private async Task WaitAsync(RegistrationTurn.Wait wait, CancellationToken cancel)
    {
        var (of, now) = (wait.Now, time.GetUtcNow());
        if (of.State != RegistrationState.Undoing)
        {
            if (now >= of.Deadline) await steps.GoAsync(of, RegistrationState.Undoing, Actor.Portal, $"Not in time. {wait.Why}", null, cancel);
            else if (of.Said != wait.Why) await steps.KeepAsync(of with { Said = wait.Why }, cancel);
            return;
        }

        // Asked again ever more seldom, and not for ever: then somebody has to look, and must know where.
        if (now >= of.Deadline) await steps.GoAsync(of, RegistrationState.Left, Actor.Portal, $"{of.Said} It could not be taken back: {wait.Why} {RegistrationBack.Left(of)}", null, cancel);
        else if (!wait.IsUnderWay) await steps.KeepAsync(of with { Remains = wait.Why, Tries = of.Tries + 1, RetryAt = now + Pause(of.Tries) }, cancel);
        else if (of.Remains != wait.Why) await steps.KeepAsync(of with { Remains = wait.Why, Tries = 0, RetryAt = null }, cancel);
    }

    private static TimeSpan Pause(int tries) => FirstPause * Math.Pow(2, Math.Min(tries, 12)) is var doubled && doubled < LongestPause ? doubled : LongestPause;
}

/// <summary>One step of a registration: it went on, or waits.</summary>
internal abstract record RegistrationTurn
{
    private RegistrationTurn()
    {
    }

    /// <param name="Now">Null: somebody else changed it meanwhile.</param>
    public sealed record Went(ClusterRegistration? Now) : RegistrationTurn;

    /// <param name="IsUnderWay">It goes on by itself: looked at again at once, where undoing would wait ever longer.</param>
    public sealed record Wait(string Why, ClusterRegistration Now, bool IsUnderWay = false) : RegistrationTurn;
}
