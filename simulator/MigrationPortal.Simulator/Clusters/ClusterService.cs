namespace MigrationPortal.Simulator;

/// <summary>Lets clusters follow soon after somebody changed an object, also while time stands still, and keeps what they hold.</summary>
internal sealed partial class ClusterService(ClusterSet clusters, TimeProvider time, ILogger<ClusterService> log) : BackgroundService
{
    private static readonly TimeSpan SavePause = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await clusters.SaveAsync();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowAsync(stoppingToken), SaveAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await clusters.ChangedAsync(cancellation);
            await clusters.SettleAsync();
        }
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(SavePause, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            try
            {
                await clusters.SaveAsync();
            }
            catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException)
            {
                LogNotKept(e);
            }
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "What the clusters hold could not be kept; it is tried again")]
    private partial void LogNotKept(Exception e);
}
