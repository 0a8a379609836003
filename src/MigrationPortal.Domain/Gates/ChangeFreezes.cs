using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <param name="Added">New ones.</param>
/// <param name="Changed">Known by their UID, and written anew.</param>
public sealed record FreezesImported(int Added, int Changed);

/// <summary>Adds, changes, ends, removes and takes in freeze windows.</summary>
public sealed class ChangeFreezes(IFreezeStore store, IFreezeCalendar calendar, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>More in one instance are no calendar of freezes, and each is looked at by every sweep.</summary>
    public const int Most = 1000;

    /// <summary>Refuses <c>invalid-window</c> and <c>too-many-windows</c>.</summary>
    public async Task<Outcome<FreezeWindow>> AddAsync(InstanceId instance, FreezeWish wish, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (Invalid(wish) is { } no) return no;
        if ((await store.ListAsync(instance, cancel)).Count >= Most) return TooMany();
        return await audit.ChangeAsync<FreezeWindow>(async () => await AddedAsync(instance, wish, who, cancel), cancel);
    }

    /// <summary>Refuses <c>unknown-window</c>, <c>invalid-window</c> and <c>changed-meanwhile</c>.</summary>
    public async Task<Outcome<FreezeWindow>> SaveAsync(InstanceId instance, long id, FreezeWish wish, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (await store.FindAsync(instance, id, cancel) is not { } before) return Unknown(id);
        if (Invalid(wish) is { } no) return no;
        return await SavedAsync(before, wish with { Uid = before.Uid }, who, cancel) is { } saved ? saved : Meanwhile(before);
    }

    /// <summary>From now on there is none of it; those that were stay on record. Refuses <c>unknown-window</c>, <c>already-ended</c> and <c>changed-meanwhile</c>.</summary>
    public async Task<Outcome<FreezeWindow>> EndAsync(InstanceId instance, long id, Actor who, CancellationToken cancel)
    {
        if (await store.FindAsync(instance, id, cancel) is not { } before) return Unknown(id);
        if (before.EndedAt is { } ended) return Refusal.Of("already-ended", $"The freeze window {before.Name} was ended at {ended:u}.");
        var after = await WriteAsync("calendar.window.end", before, before with { EndedAt = clock.Now(instance) }, who, cancel);
        return after is null ? Meanwhile(before) : after;
    }

    /// <summary>Refuses <c>unknown-window</c>.</summary>
    public async Task<Outcome<long>> RemoveAsync(InstanceId instance, long id, Actor who, CancellationToken cancel)
    {
        if (await store.FindAsync(instance, id, cancel) is not { } before) return Unknown(id);
        return await audit.ChangeAsync<bool>(
            async () => await store.RemoveAsync(instance, id, cancel) ? (true, Entry("calendar.window.remove", instance, id, who, Shown(before), null)) : (false, null), cancel)
            ? id : Unknown(id);
    }

    /// <summary>All events of the text or none. Refuses <c>unreadable-calendar</c> with a reason for every event that cannot be a window, and <c>too-many-windows</c>.</summary>
    public async Task<Outcome<FreezesImported>> ImportAsync(InstanceId instance, string text, string zone, Actor who, CancellationToken cancel)
    {
        if (calendar.TimeZoneProblem(zone) is { } unknown) return Refusal.Of("unreadable-calendar", $"timeZone: {unknown}");
        var (wishes, problems) = calendar.Read(text, zone);
        problems = [.. problems, .. wishes.SelectMany(wish => wish.Problems(calendar).Select(one => $"'{wish.Name}': {one.Field}: {one.Sentence}"))];
        if (problems.Count > 0) return new Refusal("unreadable-calendar", problems);
        if (wishes.Count == 0) return Refusal.Of("unreadable-calendar", "The text holds no event: give an iCalendar (.ics) with at least one VEVENT.");
        return await audit.ChangeAsync<Outcome<FreezesImported>>(
            async () =>
            {
                var known = (await store.ListAsync(instance, cancel)).ToDictionary(window => window.Uid, StringComparer.Ordinal);
                var added = wishes.Count(wish => !known.ContainsKey(wish.Uid!));
                if (known.Count + added > Most) return (TooMany(), null);
                foreach (var wish in wishes)
                {
                    if (known.TryGetValue(wish.Uid!, out var before)) await store.SaveAsync(Edit(before, wish), cancel);
                    else await store.AddAsync(Make(instance, wish), cancel);
                }

                return (new FreezesImported(added, wishes.Count - added), new AuditEntry(
                    clock.Now(instance), instance, who, "calendar.import", "calendar", null, null, JsonSerializer.Serialize(new { added, changed = wishes.Count - added, names = wishes.Select(wish => wish.Name) })));
            },
            cancel);
    }

    private async Task<(FreezeWindow, AuditEntry?)> AddedAsync(InstanceId instance, FreezeWish wish, Actor who, CancellationToken cancel)
    {
        var added = await store.AddAsync(Make(instance, wish), cancel);
        return (added, Entry("calendar.window.add", instance, added.Id, who, null, Shown(added)));
    }

    private Task<FreezeWindow?> SavedAsync(FreezeWindow before, FreezeWish wish, Actor who, CancellationToken cancel) => WriteAsync("calendar.window.change", before, Edit(before, wish), who, cancel);

    private Task<FreezeWindow?> WriteAsync(string what, FreezeWindow before, FreezeWindow after, Actor who, CancellationToken cancel) => audit.ChangeAsync<FreezeWindow?>(
        async () => await store.SaveAsync(after, cancel) is { } saved ? (saved, Entry(what, saved.Instance, saved.Id, who, Shown(before), Shown(saved))) : (null, null), cancel);

    private static FreezeWindow Make(InstanceId instance, FreezeWish wish) =>
        new(0, instance, wish.Name.Trim(), wish.Start, wish.End, wish.TimeZone, wish.Recurrence, wish.Except, wish.Uid ?? $"{Guid.NewGuid():N}@migrationportal", null, 0);

    // What is written anew has not been ended.
    private static FreezeWindow Edit(FreezeWindow before, FreezeWish wish) =>
        before with { Name = wish.Name.Trim(), Start = wish.Start, End = wish.End, TimeZone = wish.TimeZone, Recurrence = wish.Recurrence, Except = wish.Except, EndedAt = null };

    private Refusal? Invalid(FreezeWish wish) =>
        wish.Problems(calendar).Select(one => $"{one.Field}: {one.Sentence}").ToArray() is { Length: > 0 } problems ? Refusal.Of("invalid-window", problems) : null;

    private static Refusal Unknown(long id) => Refusal.Of("unknown-window", $"There is no freeze window {id}.");

    private static Refusal Meanwhile(FreezeWindow window) => Refusal.Of("changed-meanwhile", $"The freeze window {window.Name} was changed or removed by somebody else: read it again.");

    private static Refusal TooMany() => Refusal.Of("too-many-windows", $"An instance has at most {Most} freeze windows: remove those that are over.");

    private AuditEntry Entry(string what, InstanceId instance, long id, Actor who, string? before, string? after) => new(clock.Now(instance), instance, who, what, $"calendar/{id}", null, before, after);

    private static string Shown(FreezeWindow window) => JsonSerializer.Serialize(new { window.Name, window.Start, window.End, window.TimeZone, window.Recurrence, window.EndedAt });
}
