using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Sends the waves whose time or gates have come. Called by a sweep; run on two replicas, each wave goes out once.</summary>
public sealed class SendDueWaves(ICohortStore cohorts, ICohortFacts facts, SendWave send, IWorldClock clock)
{
    /// <returns>Of each wave that was due: what became of it.</returns>
    public async Task<IReadOnlyList<Outcome<WaveSent>>> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (known, outcomes) = (await facts.ReadAsync(instance, cancel), new List<Outcome<WaveSent>>());
        foreach (var cohort in await cohorts.ListAsync(instance, cancel))
        {
            var waves = await cohorts.WavesAsync(cohort.Id, cancel);
            var before = waves.LastOrDefault(wave => wave.SentAt is not null);
            foreach (var wave in waves.Where(wave => wave.WaitsFor(clock.Now(instance), before, known) is null))
                outcomes.Add(await send.RunAsync(instance, cohort.Id, wave.Number, Actor.Portal, cancel));
        }

        return outcomes;
    }
}
