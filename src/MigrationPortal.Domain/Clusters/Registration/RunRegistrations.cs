using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>
/// Carries registrations on to their end, or back. Killed anywhere, the next turn finds out what is there and goes on; a token
/// that died with its process is replaced by another one. Called by a sweep that nobody else runs at the same time.
/// </summary>
public sealed class RunRegistrations(IRegistrationStore registrations, RegistrationSteps steps, RegistrationForward forward, RegistrationBack back, HeldTokens held, TimeProvider time)
{
    /// <returns>How many are open still.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var open = 0;
        foreach (var one in await registrations.OpenAsync(instance, cancel))
        {
            ClusterRegistration? now = one;
            while (now is { IsActive: true })
            {
                if (now.State is not (RegistrationState.Creating or RegistrationState.Delivering)) held.Drop(now.Id);
                var turn = now.State == RegistrationState.Undoing ? await back.RunAsync(now, cancel) : await forward.RunAsync(now, cancel);
                if (turn is not RegistrationTurn.Wait(var why, var seen))
                {
                    now = (turn as RegistrationTurn.Went)?.Now;
                    continue;
                }

                open++;
                // Undoing has no deadline: what was made must not be forgotten.
                if (seen.State != RegistrationState.Undoing && time.GetUtcNow() >= seen.Deadline) await steps.GoAsync(seen, RegistrationState.Undoing, Actor.Portal, $"Not in time. {why}", null, cancel);
                else if (seen.Said != why && seen.State != RegistrationState.Undoing) await steps.KeepAsync(seen with { Said = why }, cancel);
                break;
            }
        }

        return open;
    }
}

/// <summary>One step of a registration: it went on, or waits.</summary>
internal abstract record RegistrationTurn
{
    private RegistrationTurn()
    {
    }

    /// <param name="Now">Null: somebody else changed it meanwhile.</param>
    public sealed record Went(ClusterRegistration? Now) : RegistrationTurn;

    public sealed record Wait(string Why, ClusterRegistration Now) : RegistrationTurn;
}
