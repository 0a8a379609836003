using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// Records what waits in the <see cref="JobInbox"/>, a batch a transaction. A database that is away is asked again until
/// it answers; meanwhile the queue fills and GitLab is turned away. A stop ends when all is recorded or the host's patience is over.
/// </summary>
internal sealed partial class InboxWriter(
    JobInbox inbox, IJobStore store, InstanceDirectory instances, StoreTrouble trouble, InboxMetrics metrics, TimeProvider time, ILogger<InboxWriter> log) : BackgroundService
{
    /// <summary>Of what waits, however much: a big batch costs half of what a small one does for each event.</summary>
    public const int MostAtOnce = 10_000;

    /// <summary>After a batch smaller than this the next one may gather: a transaction for each event would keep PostgreSQL busy with commits.</summary>
    private const int Few = 200;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        inbox.Close();
        if (ExecuteTask is { } draining) await draining.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Canceled work ends at once, and says what it could not record.
        await base.StopAsync(CancellationToken.None);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(instances.All.Select(one => WriteAsync(one.Id, inbox.Queue(one.Id), stoppingToken)));

    private async Task WriteAsync(InstanceId instance, ChannelReader<WaitingEvent> queue, CancellationToken stop)
    {
        var batch = new List<WaitingEvent>();
        try
        {
            while (await queue.WaitToReadAsync(stop))
            {
                while (batch.Count < MostAtOnce && queue.TryRead(out var one)) batch.Add(one);
                await RecordAsync(instance, batch.ConvertAll(one => one.Job), stop);
                metrics.Recorded(instance, batch.Count, time.GetElapsedTime(batch[0].Since));
                var few = batch.Count < Few;
                batch.Clear();
                if (few) await Task.Delay(Gathering, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            GiveUp(instance, batch.Count + queue.Count);
        }
    }

    private async Task RecordAsync(InstanceId instance, List<JobObservation> jobs, CancellationToken stop)
    {
        var work = $"inbox/{instance}";
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await store.RecordAsync(instance, jobs, stop);
                trouble.Note(work, null);
                return;
            }
            catch (Exception fault) when (StoreFault.Explain(fault) is { } why)
            {
                trouble.Note(work, fault);
                if (pause == FirstPause) LogWaits(log, jobs.Count, instance, why);
                await Task.Delay(pause, time, stop);
            }
#pragma warning disable CA1031 // A single event that cannot be recorded must not hold up all others; the sweeps read its job too.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                await RecordPartsAsync(instance, jobs, fault, stop);
                return;
            }
        }
    }

    // Halved again and again: only the events at fault are dropped.
    private async Task RecordPartsAsync(InstanceId instance, List<JobObservation> jobs, Exception fault, CancellationToken stop)
    {
        if (jobs is [var one])
        {
            LogDropped(log, fault, one.Id);
            metrics.Lost(1);
            return;
        }

        var half = jobs.Count / 2;
        await RecordAsync(instance, jobs[..half], stop);
        await RecordAsync(instance, jobs[half..], stop);
    }

    private void GiveUp(InstanceId instance, int events)
    {
        if (events == 0) return;
        metrics.Lost(events);
        LogGivenUp(log, events, instance);
    }

    [LoggerMessage(3301, LogLevel.Warning, "{Events} job events of {Instance} wait to be recorded: {Why}")]
    private static partial void LogWaits(ILogger log, int events, InstanceId instance, string why);

    [LoggerMessage(3302, LogLevel.Error, "The event of job {Job} cannot be recorded and is dropped")]
    private static partial void LogDropped(ILogger log, Exception fault, JobId job);

    [LoggerMessage(3303, LogLevel.Warning, "The portal stops with {Events} job events of {Instance} not recorded: the sweeps will bring them")]
    private static partial void LogGivenUp(ILogger log, int events, InstanceId instance);
}
