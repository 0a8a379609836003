using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// Starts timer and Hangfire when the database answers with all of our tables. Hangfire itself would stop the whole start
/// when the database is away, so its server is started by hand.
/// </summary>
internal sealed partial class SweepHost(SweepTimer timer, IServiceProvider services, StoreMigrator migrator, TimeProvider time, ILogger<SweepHost> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await timer.StopAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await DatabaseAsync(stoppingToken);
        await timer.StartAsync(stoppingToken);
        await HangfireAsync(stoppingToken);
    }

    private async Task DatabaseAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                if (await migrator.IsCurrentAsync(cancel)) return;
            }
#pragma warning disable CA1031 // Not there yet: whoever prepares it says so.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                // Asked again below.
            }

            await Task.Delay(Pause, time, cancel);
        }
    }

    private async Task HangfireAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var storage = services.GetRequiredService<JobStorage>();
                services.GetRequiredService<IRecurringJobManager>().AddOrUpdate<SweepTrigger>("sweeps", trigger => trigger.RunAsync(CancellationToken.None), Cron.Minutely());
                var options = new BackgroundJobServerOptions
                {
                    WorkerCount = 2,
                    Activator = services.GetRequiredService<JobActivator>(),
                    SchedulePollingInterval = TimeSpan.FromSeconds(15),
                    HeartbeatInterval = TimeSpan.FromSeconds(30),
                };
                using var server = new BackgroundJobServer(options, storage);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning disable CA1031 // The timer alone keeps the sweeps going; Hangfire is tried again.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogNoHangfire(log, fault);
                await Task.Delay(TimeSpan.FromSeconds(10), time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(3121, LogLevel.Warning, "Hangfire could not be started; the timer goes on alone")]
    private static partial void LogNoHangfire(ILogger log, Exception fault);
}

/// <summary>What Hangfire calls each minute on one of the replicas.</summary>
internal sealed class SweepTrigger(SweepTimer timer)
{
    [DisableConcurrentExecution(0)]
    [AutomaticRetry(Attempts = 0)]
    public Task RunAsync(CancellationToken cancel) => timer.LookAsync(cancel);
}
