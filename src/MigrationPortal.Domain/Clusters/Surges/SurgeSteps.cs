using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>Takes a surge from one state to the next: stored and audited together, or neither.</summary>
public sealed class SurgeSteps(ISurgeStore surges, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <returns>Null when one of its runners is lent already.</returns>
    public Task<Surge?> BeginAsync(Surge surge, CancellationToken cancel) =>
        WriteAsync(surge, surge.AskedBy, "surge.begin", surge.Reason, () => surges.AddAsync(surge, cancel), cancel);

    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public Task<Surge?> GoAsync(Surge surge, SurgeState to, Actor who, string? why, CancellationToken cancel)
    {
        if (!SurgeTransitions.May(surge.State, to)) throw new InvalidOperationException($"A surge does not go from {surge.State} to {to}.");
        var now = clock.Now(surge.Instance);
        var after = surge with
        {
            State = to,
            Lent = [.. surge.Lent.Select(one => one with { NextTry = null })],
            Said = null,
            EndedFor = to == SurgeState.Pausing ? why : surge.EndedFor,
            LentAt = to == SurgeState.Lending ? now : surge.LentAt,
            Since = now,
            EndedAt = to is SurgeState.Ended or SurgeState.Undone ? now : null,
        };
        return WriteAsync(after, who, $"surge.{to.ToString().ToLowerInvariant()}", why, () => surges.SaveAsync(after, cancel), cancel);
    }

    /// <summary>Stores what was done or seen; its state stays.</summary>
    public async Task<Surge?> KeepAsync(Surge surge, CancellationToken cancel)
    {
        var saved = await surges.SaveAsync(surge, cancel);
        if (saved is not null) await TellAsync(saved, cancel);
        return saved;
    }

    private async Task<Surge?> WriteAsync(Surge after, Actor who, string verb, string? why, Func<Task<Surge?>> write, CancellationToken cancel)
    {
        var shown = JsonSerializer.Serialize(new
        {
            surge = after.Id,
            state = after.State.ToString(),
            until = after.Until,
            lent = after.Lent.Select(one => new { qa = one.Qa.ToString(), cluster = one.Cluster, configuration = one.Configuration, revision = one.Revision, runner = one.Runner, secret = $"{one.Place.Namespace}/{one.Place.Name}" }),
            // In full where it was confirmed.
            reach = after.Id == 0 ? after.Reach.Select(one => $"{one.Kind} {one.Name}") : null,
        });
        var saved = await audit.ChangeAsync<Surge?>(
            async () => await write() is { } stored ? (stored, new AuditEntry(clock.Now(stored.Instance), stored.Instance, who, verb, $"surge/{stored.Id}", why, null, shown)) : (null, null), cancel);
        if (saved is not null) await TellAsync(saved, cancel);
        return saved;
    }

    private Task TellAsync(Surge surge, CancellationToken cancel) => events.PublishAsync(new PortalEvent(PortalTopic.Surges, surge.Instance, surge.Id), cancel);
}
