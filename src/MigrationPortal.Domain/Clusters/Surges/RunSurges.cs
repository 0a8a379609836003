using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>
/// Carries surges there, through their time, and back. Killed anywhere, the next turn finds out what is there and goes on. Called
/// by a sweep that nobody else runs at the same time.
/// </summary>
public sealed class RunSurges(ISurgeStore surges, SurgeSteps steps, SurgeForward forward, SurgeLending lending, SurgeBack back, TimeProvider time)
{
    /// <returns>How many are open still, and whether one of them is on its way.</returns>
    public async Task<(int Open, bool OnTheWay)> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (open, onTheWay) = (0, false);
        foreach (var one in await surges.OpenAsync(instance, cancel))
        {
            var left = await RunAsync(one, cancel);
            if (left is { IsActive: false }) continue;
            open++;
            onTheWay |= left is not { State: SurgeState.Lending };
        }

        return (open, onTheWay);
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
            if (turn is SurgeTurn.Wait(var why, var seen))
            {
                if (seen.State != SurgeState.Starting || time.GetUtcNow() < seen.StartBy) return seen.Said == why ? seen : await steps.KeepAsync(seen with { Said = why }, cancel);
                turn = new SurgeTurn.Went(await steps.GoAsync(seen, SurgeState.Pausing, Actor.Portal, $"Not in time. {why}", cancel));
            }

            now = ((SurgeTurn.Went)turn).Now;
        }

        return now;
    }
}
