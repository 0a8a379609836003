using System.Text.Json;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Writes down each sweep's last run beside the watermarks, where every replica and every page finds it.</summary>
internal sealed class SweepBook(IInstanceStore store) : ISweepReader
{
    private const string Prefix = "sweep/";

    public async Task<SweepState?> LastAsync(InstanceId instance, string sweep, CancellationToken cancel) =>
        Read(instance, sweep, await store.WatermarkAsync(instance, Prefix + sweep, cancel));

    public async Task<IReadOnlyList<SweepState>> LastRunsAsync(InstanceId instance, CancellationToken cancel) =>
        [.. (await store.WatermarksAsync(instance, cancel))
            .Where(one => one.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(one => Read(instance, one.Key[Prefix.Length..], one.Value.Value))
            .OfType<SweepState>()
            .OrderBy(one => one.Name, StringComparer.Ordinal)];

    public Task WriteAsync(SweepState state, CancellationToken cancel) =>
        store.SaveWatermarkAsync(
            state.Instance, Prefix + state.Name,
            JsonSerializer.Serialize(new Entry(state.StartedAt, state.WorldAt, state.Took.TotalSeconds, state.Outcome.ToString(), state.Said, state.FailuresInARow, state.DueAt)),
            state.StartedAt, cancel);

    // What an older version wrote may not be readable: then the sweep counts as never run, and runs.
    private static SweepState? Read(InstanceId instance, string sweep, string? value)
    {
        if (value is null) return null;
        try
        {
            return JsonSerializer.Deserialize<Entry>(value) is { } entry && Enum.TryParse<SweepOutcome>(entry.Outcome, out var outcome)
                ? new SweepState(instance, sweep, entry.StartedAt, entry.WorldAt, TimeSpan.FromSeconds(entry.Seconds), outcome, entry.Said, entry.Failures, entry.DueAt)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Entry(DateTimeOffset StartedAt, DateTimeOffset WorldAt, double Seconds, string Outcome, string Said, int Failures, DateTimeOffset DueAt);
}
