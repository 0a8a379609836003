using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// Looks after due sweeps every quarter of a second; Hangfire's cron is too coarse for those that run every few
/// seconds. What is due is decided by the tables, so any number of replicas may look.
/// </summary>
internal sealed partial class SweepTimer(
    IEnumerable<ISweep> sweeps, InstanceDirectory instances, SweepRunner runner, StoreTrouble trouble, SweepWishes wishes, WorldClock clock, IPortalEvents events, TimeProvider time, ILogger<SweepTimer> log)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Sweep, InstanceId Instance), DateTimeOffset> _lookAt = new();
    private readonly ConcurrentDictionary<(string Sweep, InstanceId Instance), Task> _running = new();
    private readonly ConcurrentDictionary<(string Sweep, InstanceId Instance), (DateTimeOffset Real, DateTimeOffset World)> _looked = new();
    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>Runs whatever is due now and waits for it; Hangfire calls this each minute, in case the timer of this process hangs.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        Start(cancel);
        await Task.WhenAll(_running.Values);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        wishes.Wished = () => _wake.Release();
        using var _ = events.Subscribe(HeardAsync);
        var clocks = PollClocksAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            Start(stoppingToken);
            await ((Task)_wake.WaitAsync(UntilNext(), stoppingToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_wake.CurrentCount > 0) await _wake.WaitAsync(CancellationToken.None);
        }
        await Task.WhenAll(_running.Values.Append(clocks));
    }

    private void Start(CancellationToken cancel)
    {
        foreach (var instance in instances.All)
        {
            foreach (var sweep in sweeps.Where(one => one.Concerns(instance.Id)))
            {
                var key = (sweep.Name, instance.Id);
                if (_running.TryGetValue(key, out var under) && !under.IsCompleted) continue;
                if (!LookNow(key)) continue;
                _looked[key] = (time.GetUtcNow(), clock.Now(instance.Id));
                _running[key] = RunAsync(sweep, instance.Id, cancel);
            }
        }
    }

    // A tick, or less where something is due sooner: a scheduled flip shall not wait for the next tick.
    private TimeSpan UntilNext()
    {
        var now = time.GetUtcNow();
        var soonest = _lookAt.Values.Where(at => at > now).Select(at => at - now).DefaultIfEmpty(Tick).Min();
        return soonest < Tick ? soonest : Tick;
    }

    private bool LookNow((string Sweep, InstanceId Instance) key)
    {
        var now = time.GetUtcNow();
        if (_lookAt.GetValueOrDefault(key) <= now) return true;
        var last = _looked.GetValueOrDefault(key);
        // A waiting operation that writes wakes itself: never faster than a tick.
        if (wishes.IsWished(key.Sweep, key.Instance)) return now - last.Real >= Tick;
        // A stepped clock that was stepped may have made it due.
        return clock.Speed(key.Instance) == 0 && clock.Now(key.Instance) != last.World;
    }

    private async Task RunAsync(ISweep sweep, InstanceId instance, CancellationToken cancel)
    {
        await Task.Yield();
        var looking = $"look/{sweep.Name}/{instance}";
        try
        {
            _lookAt[(sweep.Name, instance)] = await runner.RunDueAsync(sweep, instance, force: false, cancel);
            trouble.Note(looking, null);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopping.
        }
#pragma warning disable CA1031 // The database may be away: the timer must outlive that.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogNotLooked(log, sweep.Name, instance, fault.Message);
            trouble.Note(looking, fault);
            _lookAt[(sweep.Name, instance)] = time.GetUtcNow() + AfterFault;
            wishes.Fulfilled(sweep.Name, instance);
        }
    }

    // A hint that an operation was started, resumed or turned round anywhere, the schedule changed or something told: do not wait for the next look.
    private Task HeardAsync(PortalEvent happened)
    {
        if (happened.Topic == PortalTopic.Notices) wishes.Wish(NoticeSweep.SweepName, instances.Production.Id);
        foreach (var instance in instances.All.Where(one => happened.Instance is null || happened.Instance == one.Id))
        {
            // An operation that goes on hears its own steps.
            if (happened.Topic == PortalTopic.Operations && !IsRunning(OperationSweep.SweepName, instance.Id)) wishes.Wish(OperationSweep.SweepName, instance.Id);
            // Also while it runs: it may have read the schedule before this change of it.
            if (happened.Topic == PortalTopic.Phases) wishes.Wish(ScheduleSweep.SweepName, instance.Id);
        }
        return Task.CompletedTask;
    }

    private bool IsRunning(string sweep, InstanceId instance) => _running.TryGetValue((sweep, instance), out var under) && !under.IsCompleted;

    private async Task PollClocksAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            do
            {
                foreach (var instance in clock.Followed) await clock.TryRefreshAsync(instance, cancel);
            }
            while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    [LoggerMessage(3111, LogLevel.Warning, "Sweep {Sweep} on {Instance} could not be looked after: {Why}")]
    private static partial void LogNotLooked(ILogger log, string sweep, InstanceId instance, string why);
}
