using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Instances;

/// <summary>
/// Real time, except for instances with a clock address: then its last answer, carried on at its speed.
/// Before the first answer of such a clock it shows real time; sweeps refresh first and do not run on that.
/// </summary>
internal sealed class WorldClock(GitLabOptions options, IHttpClientFactory clients, TimeProvider time) : IWorldClock
{
    /// <summary>Older readings are refreshed before a sweep; a stepped clock (speed 0) always is.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Dictionary<InstanceId, Uri> _addresses =
        options.Instances.Where(one => one.ClockUrl is not null).ToDictionary(one => one.Id, one => one.ClockUrl!);

    private readonly ConcurrentDictionary<InstanceId, Reading> _readings = new();

    public IReadOnlyCollection<InstanceId> Followed => _addresses.Keys;

    public DateTimeOffset Now(InstanceId instance) =>
        _readings.TryGetValue(instance, out var reading)
            ? reading.Now + time.GetElapsedTime(reading.ReadAt) * reading.Speed
            : time.GetUtcNow();

    public double Speed(InstanceId instance) => _readings.TryGetValue(instance, out var reading) ? reading.Speed : 1;

    /// <summary>The instance's time, asked anew where that matters.</summary>
    /// <exception cref="GitLabUnavailableException">The clock address does not answer and never did.</exception>
    public async Task<DateTimeOffset> RefreshAsync(InstanceId instance, CancellationToken cancel)
    {
        if (!_addresses.TryGetValue(instance, out var address)) return time.GetUtcNow();
        if (_readings.TryGetValue(instance, out var last) && last.Speed > 0 && time.GetElapsedTime(last.ReadAt) < Fresh) return Now(instance);
        try
        {
            using var client = clients.CreateClient(HttpName);
            var asked = time.GetTimestamp();
            var answer = await client.GetFromJsonAsync<Answer>(address, JsonSerializerOptions.Web, cancel).ConfigureAwait(false);
            if (answer is null || answer.Now == default || answer.Speed < 0) throw new JsonException("no now and speed");
            // The answer was true about half-way between asking and hearing.
            var heard = time.GetTimestamp();
            _readings[instance] = new Reading(answer.Now, answer.Speed, asked + (heard - asked) / 2);
            return Now(instance);
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            if (last is { Speed: > 0 }) return Now(instance);
            throw new GitLabUnavailableException(instance, "the clock address does not answer with now and speed", fault);
        }
    }

    /// <summary>As <see cref="RefreshAsync"/>; while the clock is away the last reading goes on.</summary>
    public async Task<DateTimeOffset> TryRefreshAsync(InstanceId instance, CancellationToken cancel)
    {
        try
        {
            return await RefreshAsync(instance, cancel);
        }
        catch (GitLabUnavailableException)
        {
            // Sweeps say so; a poll has nobody to tell.
            return Now(instance);
        }
    }

    internal const string HttpName = "clock";

    private sealed record Answer(DateTimeOffset Now, double Speed);

    private sealed record Reading(DateTimeOffset Now, double Speed, long ReadAt);
}
