using System.Text.Json;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>Where reading the past stands.</summary>
/// <param name="Cursor">Where to go on; null when GitLab has no more.</param>
/// <param name="Reached">Creation time of the oldest job read so far.</param>
/// <param name="Newest">Creation time from which it was begun, backwards; null in marks of older portals.</param>
/// <param name="Pages">Read so far, of 100 jobs each.</param>
internal sealed record HistoryMark(string? Cursor, DateTimeOffset? Reached, bool Complete, DateTimeOffset? Newest = null, long Pages = 0)
{
    private const string Source = "history";

    public static async Task<HistoryMark?> ReadAsync(IInstanceStore store, InstanceId instance, CancellationToken cancel) =>
        await store.WatermarkAsync(instance, Source, cancel) is { } text ? JsonSerializer.Deserialize<HistoryMark>(text) : null;

    public static Task WriteAsync(IInstanceStore store, InstanceId instance, HistoryMark mark, DateTimeOffset now, CancellationToken cancel) =>
        store.SaveWatermarkAsync(instance, Source, JsonSerializer.Serialize(mark), now, cancel);

    /// <summary>From when on all jobs of the window are read; its begin when all are, its end when none are.</summary>
    public static DateTimeOffset CompleteSince(HistoryMark? mark, TimeWindow window)
    {
        if (mark is { Complete: true, Cursor: null }) return window.From;
        var reached = mark?.Reached ?? window.To;
        return reached > window.To ? window.To : reached > window.From ? reached : window.From;
    }
}
