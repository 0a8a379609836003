using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>The times of all freeze windows of an instance.</summary>
public sealed class ReadFreezes(IFreezeStore store, IFreezeCalendar calendar)
{
    public async Task<Freezes> WithinAsync(InstanceId instance, TimeWindow time, CancellationToken cancel)
    {
        var windows = await store.ListAsync(instance, cancel);
        return windows.Count == 0 ? Freezes.None : new Freezes([.. windows.SelectMany(window => calendar.Expand(window, time)).OrderBy(span => span.From).ThenBy(span => span.Window)]);
    }

    /// <summary>What lasts at that moment, with what follows it without a gap.</summary>
    public async Task<FreezeSpan?> AtAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel) =>
        (await WithinAsync(instance, new TimeWindow(now, now + CalendarGate.Ahead), cancel)).At(now);
}
