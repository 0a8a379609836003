using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

/// <summary>Somebody says: I look after this alert.</summary>
public sealed class TakeNotice(INoticeStore notices, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Refuses <c>unknown-notice</c>, <c>not-an-alert</c> and <c>already-taken</c>. Taken twice by the same one changes nothing.</summary>
    /// <param name="over">Also from somebody else, who may be asleep.</param>
    public async Task<Outcome<StoredNotice>> RunAsync(long id, Actor who, bool over, CancellationToken cancel)
    {
        if (await notices.FindAsync(id, cancel) is not { } stored) return Refusal.Of("unknown-notice", $"There is no notice {id}.");
        if (!stored.Notice.IsAlert) return Refusal.Of("not-an-alert", $"Notice {id} asks nothing of anybody, so nobody needs to take it.");
        if (stored.TakenBy == who) return stored;
        if (stored.TakenBy is not null && !over) return Taken(id);
        var taken = stored with { TakenBy = who, TakenAt = clock.Now(stored.Notice.Instance) };
        var entry = new AuditEntry(taken.TakenAt.Value, stored.Notice.Instance, who, "notices.take", $"notice/{id}", null,
            stored.TakenBy is { } former ? JsonSerializer.Serialize(new { takenBy = former.ToString() }) : null, JsonSerializer.Serialize(new { takenBy = who.ToString() }));
        return await audit.ChangeAsync<bool>(
            async () => await notices.TakeAsync(id, stored.TakenBy, who, taken.TakenAt.Value, cancel) ? (true, entry) : (false, null), cancel)
            ? taken : Taken(id);
    }

    private static Refusal Taken(long id) => Refusal.Of("already-taken", $"Somebody else has taken notice {id}. Take it over if they cannot look after it.");
}
