using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Web.Hosting;

/// <summary>
/// Brings the schema up to date and the bootstrap token in, again and again until the database is there. Until then the
/// portal answers with this state instead of faults.
/// </summary>
internal sealed partial class DatabaseStart(
    StoreMigrator migrator,
    ITokenStore tokens,
    PortalSettings settings,
    TimeProvider time,
    ILogger<DatabaseStart> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the portal may use its database.</summary>
    public Task Done => _done.Task;

    /// <summary>A sentence for people as long as <see cref="Done"/> has not completed.</summary>
    public string State { get; private set; } = "The database is being prepared.";

    /// <summary>Before anything else starts; a database that is not there yet leaves the rest to the background.</summary>
    public async Task TryOnceAsync() => await TryAsync(1, CancellationToken.None);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var tries = 2; !Done.IsCompleted && !stoppingToken.IsCancellationRequested; tries++)
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TryAsync(tries, stoppingToken);
        }
    }

    private async Task TryAsync(int tries, CancellationToken cancel)
    {
        try
        {
            await migrator.MigrateAsync(cancel);
            await BringTokenAsync(cancel);
            _done.SetResult();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever it is, the portal says so and tries again: an operator mends it while it runs.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            State = StoreFault.Explain(fault) ?? $"The database could not be prepared: {fault.Message}";
            // The first time with all details, then only a line a minute.
            if (tries == 1) NotYet(logger, fault, State);
            else if (tries % 30 == 0) StillNot(logger, State);
        }
    }

    private async Task BringTokenAsync(CancellationToken cancel)
    {
        if (settings.BootstrapToken is not { } secret) return;
        await tokens.EnsureAsync(secret, new NewToken("bootstrap", Actor.Portal, Enum.GetValues<TokenScope>(), null), time.GetUtcNow(), cancel);
    }

    [LoggerMessage(5201, LogLevel.Error, "The portal waits for its database: {Why}")]
    private static partial void NotYet(ILogger logger, Exception fault, string why);

    [LoggerMessage(5202, LogLevel.Error, "The portal still waits for its database: {Why}")]
    private static partial void StillNot(ILogger logger, string why);
}
