namespace MigrationPortal.Simulator;

/// <summary>Lets the worlds live on with real time, at the clock's speed. A machine that cannot follow makes the worlds
/// slower; it never makes them jump.</summary>
internal sealed partial class WorldTicker(SimClock clock, TimeProvider time, ILogger<WorldTicker> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostAtOnce = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var last = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var passed = time.GetElapsedTime(last);
            last = time.GetTimestamp();
            if (clock.Speed > 0)
            {
                await MoveAsync((passed < MostAtOnce ? passed : MostAtOnce) * clock.Speed, stoppingToken);
            }
        }
    }

    private async Task MoveAsync(TimeSpan by, CancellationToken cancellation)
    {
        try
        {
            await clock.AdvanceAsync(by, TimeSpan.FromSeconds(2) * clock.Speed, cancellation);
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException)
        {
            // Time stands still until the journal can be written again.
            LogStandsStill(e);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The world stands still: its journal cannot be written")]
    private partial void LogStandsStill(Exception e);
}
