using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>A cohort as an admin wrote it.</summary>
/// <param name="Seed">Null: the portal makes one.</param>
/// <param name="Excluded">Projects (numbers) that it never takes, with the reason.</param>
public sealed record CohortWish(string Name, string? Seed, GroupCaps Caps, IReadOnlyDictionary<long, string> Excluded);

/// <summary>Opens a cohort: empty, because waves enlarge it.</summary>
public sealed class CreateCohort(ICohortStore cohorts, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Refuses <c>invalid-cohort</c> and <c>name-taken</c>.</summary>
    public async Task<Outcome<Cohort>> RunAsync(InstanceId instance, CohortWish wish, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var cohort = new Cohort(0, instance, wish.Name, wish.Seed ?? KeyedHash.NewSeed(), 0, wish.Caps, wish.Excluded, who, clock.Now(instance), 0);
        if (cohort.Problems().Select(one => $"{one.Field}: {one.Sentence}").ToArray() is { Length: > 0 } problems) return Refusal.Of("invalid-cohort", problems);
        var added = await audit.ChangeAsync<Cohort?>(
            async () => await cohorts.AddAsync(cohort, cancel) is { } stored
                ? (stored, new AuditEntry(stored.At, instance, who, "cohort.create", $"cohort/{stored.Id}", null, null, Shown(stored)))
                : (null, null),
            cancel);
        return added is null ? Refusal.Of("name-taken", $"There is a cohort {wish.Name} already: choose another name.") : added;
    }

    // The seed is public: whoever checks the trail can recompute the draw from it.
    internal static string Shown(Cohort cohort) =>
        JsonSerializer.Serialize(new { cohort.Name, cohort.Seed, cohort.Percent, capEach = cohort.Caps.Each, capsNamed = cohort.Caps.Named, excluded = cohort.Excluded.Keys.Order() });
}
