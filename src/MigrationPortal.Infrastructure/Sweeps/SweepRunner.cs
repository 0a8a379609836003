using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Runs one sweep on one instance if it is due and nobody else does, and writes down how it went.</summary>
internal sealed partial class SweepRunner(
    SweepBook book, ILeaseStore leases, IInstanceStore instances, IPortalEvents events, StoreTrouble trouble, WorldClock clock, SweepWishes wishes, SweepMetrics metrics, TimeProvider time, ILogger<SweepRunner> log)
{
    /// <summary>A GitLab that is away is asked again at least this often.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A connection that was found well so short a time ago is not asked again because a sweep fails.</summary>
    private static readonly TimeSpan WellKnown = TimeSpan.FromSeconds(10);

    /// <summary>Ours, not given back because the database was away: given back before the next try.</summary>
    private readonly ConcurrentDictionary<string, Lease> _stranded = new();
    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <returns>When to look again, real time.</returns>
    /// <param name="force">Runs also when it is not due; never beside another run.</param>
    public async Task<DateTimeOffset> RunDueAsync(ISweep sweep, InstanceId instance, bool force, CancellationToken cancel)
    {
        if (!force && await NotDueAsync(sweep, instance, cancel) is { } later) return later;
        var name = $"sweep/{sweep.Name}/{instance}";
        if (_stranded.TryRemove(name, out var ours)) await GiveBackAsync(ours, cancel);
        await using var lease = await HeldLease.TryAsync(leases, time, name, _holder, sweep.Pace.Lease, one => _stranded[name] = one, cancel);
        if (lease is null) return time.GetUtcNow() + Shorter(sweep.Pace.NotBefore, sweep.Pace.Lease / 3);
        // Another replica may have finished it between our look and our lease.
        if (!force && await NotDueAsync(sweep, instance, lease.Lost) is { } since) return since;
        wishes.Fulfilled(sweep.Name, instance);
        return await RunAsync(sweep, instance, lease.Lost, cancel);
    }

    private async Task GiveBackAsync(Lease lease, CancellationToken cancel)
    {
        try
        {
            await leases.ReleaseAsync(lease, cancel);
        }
        catch
        {
            _stranded[lease.Name] = lease;
            throw;
        }
    }

    private async Task<DateTimeOffset?> NotDueAsync(ISweep sweep, InstanceId instance, CancellationToken cancel)
    {
        if (wishes.IsWished(sweep.Name, instance)) return null;
        if (await book.LastAsync(instance, sweep.Name, cancel) is not { } last || last.DueAt <= time.GetUtcNow()) return null;
        // Another replica may have done what failed here.
        if (last.Outcome != SweepOutcome.Failed) trouble.Note(TroubleOf(sweep, instance), null);
        // A clock that jumped (a test's step) makes it due before its real time, though not sooner than its pace allows.
        var jumped = last.Outcome == SweepOutcome.Done && clock.Now(instance) >= last.WorldAt + sweep.Pace.World;
        var soonest = last.StartedAt + sweep.Pace.NotBefore;
        return !jumped ? last.DueAt : soonest <= time.GetUtcNow() ? null : soonest;
    }

    private async Task<DateTimeOffset> RunAsync(ISweep sweep, InstanceId instance, CancellationToken lost, CancellationToken cancel)
    {
        var before = await book.LastAsync(instance, sweep.Name, lost);
        var (startedAt, began) = (time.GetUtcNow(), Stopwatch.GetTimestamp());
        var worldAt = clock.Now(instance);
        var (outcome, said, again) = (SweepOutcome.Done, "", (TimeSpan?)null);
        Exception? databaseFault = null;
        try
        {
            worldAt = await (sweep.NeedsClock ? clock.RefreshAsync(instance, lost) : clock.TryRefreshAsync(instance, lost));
            var report = sweep.NeedsReadToken && await TokenTroubleAsync(instance, lost) is { } trouble
                ? new SweepReport(trouble, LongestPause, PutOff: true)
                : await sweep.RunAsync(instance, lost);
            (outcome, said, again) = (report.PutOff ? SweepOutcome.PutOff : SweepOutcome.Done, report.Said, report.Again);
        }
        catch (BudgetSpentException spent)
        {
            (outcome, said, again) = (SweepOutcome.PutOff, spent.Message, spent.ComesBackIn);
        }
        catch (GitLabUnavailableException fault)
        {
            (outcome, said, again) = (SweepOutcome.Failed, fault.Message, fault.RetryAfter);
            // Somebody must say what is wrong, and with a token that is refused the others must stop asking.
            if (sweep.Name != ConnectionSweep.SweepName && fault.Status != 429 && await IsNewsAsync(instance, fault, lost)) wishes.Wish(ConnectionSweep.SweepName, instance);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            LogLost(log, sweep.Name, instance);
            return time.GetUtcNow() + sweep.Pace.NotBefore;
        }
#pragma warning disable CA1031 // One sweep's bug must not end the others; it is written down and shown.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(log, sweep.Name, instance, fault);
            (outcome, said) = (SweepOutcome.Failed, StoreFault.Explain(fault) ?? $"{fault.GetType().Name}: {fault.Message}");
            databaseFault = fault;
        }
        var took = Stopwatch.GetElapsedTime(began);
        var failures = outcome == SweepOutcome.Failed ? (before?.FailuresInARow ?? 0) + 1 : 0;
        var state = new SweepState(instance, sweep.Name, startedAt, worldAt, took, outcome, said, failures, time.GetUtcNow() + Pause(sweep, instance, failures, again, took));
        trouble.Note(TroubleOf(sweep, instance), databaseFault);
        await book.WriteAsync(state, lost);
        // A second failure is no accident any more: pages say it.
        if (failures == SweepState.Trouble || failures == 0 && before?.FailuresInARow >= SweepState.Trouble)
            await events.PublishAsync(new PortalEvent(PortalTopic.Instances, instance, null), lost);
        metrics.Ran(state);
        if (outcome == SweepOutcome.Failed && before?.Outcome != SweepOutcome.Failed) LogFailing(log, sweep.Name, instance, said);
        if (outcome != SweepOutcome.Failed && before?.Outcome == SweepOutcome.Failed) LogRecovered(log, sweep.Name, instance, said);
        return state.DueAt;
    }

    /// <summary>The name under which a sweep's trouble with the database is noted.</summary>
    public static string TroubleOf(ISweep sweep, InstanceId instance) => $"sweep/{sweep.Name}/{instance}";

    private async Task<bool> IsNewsAsync(InstanceId instance, GitLabUnavailableException fault, CancellationToken cancel) =>
        fault.Status is 401 or 403
        || await instances.HealthAsync(instance, cancel) is not { } health
        || health.Problems.Count == 0 && time.GetUtcNow() - health.CheckedAt >= WellKnown;

    private TimeSpan Pause(ISweep sweep, InstanceId instance, int failures, TimeSpan? again, TimeSpan took)
    {
        if (again is { } asked) return Longer(asked, sweep.Pace.NotBefore - took);
        if (failures > 0) return Shorter(sweep.Pace.NotBefore * Math.Pow(2, Math.Min(failures, 10)), LongestPause);
        return Longer(sweep.Pace.Until(clock.Speed(instance)) - took, TimeSpan.Zero);
    }

    private async Task<string?> TokenTroubleAsync(InstanceId instance, CancellationToken cancel) =>
        await instances.HealthAsync(instance, cancel) is { Reachable: true, CanRead: false } health
            ? health.Problems.Count > 0 ? $"Waits: {health.Problems[0]}" : "Waits for a read token that GitLab accepts."
            : null;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    [LoggerMessage(3101, LogLevel.Warning, "Sweep {Sweep} on {Instance} fails: {Said}")]
    private static partial void LogFailing(ILogger log, string sweep, InstanceId instance, string said);

    [LoggerMessage(3102, LogLevel.Information, "Sweep {Sweep} on {Instance} works again: {Said}")]
    private static partial void LogRecovered(ILogger log, string sweep, InstanceId instance, string said);

    [LoggerMessage(3103, LogLevel.Error, "Sweep {Sweep} on {Instance} broke")]
    private static partial void LogFault(ILogger log, string sweep, InstanceId instance, Exception fault);

    [LoggerMessage(3104, LogLevel.Warning, "Sweep {Sweep} on {Instance} lost its lease and stopped")]
    private static partial void LogLost(ILogger log, string sweep, InstanceId instance);
}
