using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>Asks for the portal's job hook in many projects, or stops that. A sweep does it, within monitoring's budget.</summary>
public sealed class WishJobHooks(IJobHookStore store, IJobHookSettings settings, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Refuses <c>hooks-not-set-up</c> with every setting that is missing.</summary>
    public async Task<Outcome<HookWish>> RunAsync(InstanceId instance, HookWishKind kind, int? activeDays, Actor who, CancellationToken cancel)
    {
        var setup = settings.Of(instance);
        if (setup.Address is null || (kind != HookWishKind.Check && setup.Missing.Count > 0)) return new Refusal("hooks-not-set-up", setup.Missing);
        var before = await store.WishAsync(instance, cancel);
        var wish = new HookWish(instance, (before?.Id ?? 0) + 1, kind, activeDays, who, clock.Now(instance), false);
        return await SaveAsync(before, wish, $"webhooks.{kind.ToString().ToLowerInvariant()}", who, cancel);
    }

    /// <returns>The wish as it stands now; null when there never was one.</returns>
    public async Task<HookWish?> StopAsync(InstanceId instance, Actor who, CancellationToken cancel)
    {
        if (await store.WishAsync(instance, cancel) is not { } before) return null;
        return before.Stopped ? before : await SaveAsync(before, before with { Stopped = true }, "webhooks.stop", who, cancel);
    }

    private Task<HookWish> SaveAsync(HookWish? before, HookWish after, string what, Actor who, CancellationToken cancel) => audit.ChangeAsync<HookWish>(
        async () =>
        {
            await store.SaveWishAsync(after, cancel);
            return (after, new AuditEntry(clock.Now(after.Instance), after.Instance, who, what, "webhooks", null, Shown(before), Shown(after)));
        },
        cancel);

    private static string? Shown(HookWish? wish) =>
        wish is null ? null : JsonSerializer.Serialize(new { wish = wish.Kind.ToString().ToLowerInvariant(), activeDays = wish.ActiveDays, stopped = wish.Stopped });
}
