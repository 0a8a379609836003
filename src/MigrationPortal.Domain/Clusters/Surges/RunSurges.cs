using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>
/// Carries surges there, through their time, and back. Killed anywhere, the next turn finds out what is there and goes on. Called
/// by a sweep that nobody else runs at the same time. What breaks the turn of one keeps no other from its own.
/// </summary>
public sealed class RunSurges(ISurgeStore surges, SurgeSteps steps, SurgeForward forward, SurgeLending lending, SurgeBack back, IWorldClock clock, TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhileDraining = TimeSpan.FromSeconds(20);

    /// <returns>How many are open still, how soon one of them wants the next turn, and what broke.</returns>
    public async Task<SurgesRun> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (open, again, faults) = (0, (TimeSpan?)null, new List<Exception>());
        var now = clock.Now(instance);
        // Those first that are to be home.
        foreach (var one in (await surges.OpenAsync(instance, cancel)).OrderByDescending(one => now >= one.Until))
        {
            var left = (Surge?)one;
            try
            {
                left = await RunAsync(one, cancel);
            }
#pragma warning disable CA1031 // Whatever it is, the others still have to come home.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                faults.Add(fault);
                await SayAsync(one.Id, fault, cancel);
            }

            if (left is { IsActive: false }) continue;
            open++;
            if (left is { State: SurgeState.Lending }) continue;
            var wanted = left is { State: SurgeState.Draining } ? WhileDraining : Soon;
            again = again < wanted ? again : wanted;
        }

        return new SurgesRun(open, again, faults);
    }

    private async Task SayAsync(long id, Exception fault, CancellationToken cancel)
    {
        try
        {
            // A type, not its message: that may name what is secret.
            if (await surges.FindAsync(id, cancel) is { IsActive: true } seen) await steps.KeepAsync(seen with { Said = $"The portal could not go on ({fault.GetType().Name}): it tries again." }, cancel);
        }
#pragma warning disable CA1031 // The fault itself is told by the sweep.
        catch (Exception other) when (other is not OperationCanceledException)
#pragma warning restore CA1031
        {
        }
    }

    /// <returns>As it is left; null: somebody else goes on with it.</returns>
    private async Task<Surge?> RunAsync(Surge of, CancellationToken cancel)
    {
        Surge? now = of;
        while (now is { IsActive: true })
        {
            var turn = now.State switch
            {
                SurgeState.Starting => await forward.RunAsync(now, cancel),
                SurgeState.Lending => await lending.RunAsync(now, cancel),
                _ => await back.RunAsync(now, cancel),
            };
            if (turn is SurgeTurn.Wait(var why, var seen, _))
            {
                if (seen.State != SurgeState.Starting || time.GetUtcNow() < seen.StartBy) return seen.Said == why ? seen : await steps.KeepAsync(seen with { Said = why }, cancel);
                turn = new SurgeTurn.Went(await steps.GoAsync(seen, SurgeState.Pausing, Actor.Portal, $"Not in time. {why}", cancel));
            }

            now = ((SurgeTurn.Went)turn).Now;
        }

        return now;
    }
}

/// <param name="Open">How many are open still.</param>
/// <param name="Again">How soon the next turn is wanted; null: at the usual pace.</param>
/// <param name="Faults">What broke the turns of single surges.</param>
public sealed record SurgesRun(int Open, TimeSpan? Again, IReadOnlyList<Exception> Faults);
