using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Checks version, tokens and the rights of API tokens' owners every minute, at once after a sweep met trouble with GitLab, and soon again while something is wrong.</summary>
internal sealed class ConnectionSweep(ConnectionCheck check, RecheckTokenOwners owners, WatchConnection watch, IInstanceStore store, IPortalEvents events) : ISweep
{
    public const string SweepName = "connection";

    private static readonly TimeSpan WhileWrong = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(5);

    public string Name => SweepName;

    // Real time: tokens are revoked by people. World time only brings their expiry near.
    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromDays(1), WhileAway, TimeSpan.FromMinutes(1));

    public bool NeedsReadToken => false;

    public bool NeedsClock => false;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var before = await store.HealthAsync(instance, cancel);
        var health = await check.RunAsync(instance, cancel);
        await store.SaveHealthAsync(health, cancel);
        await watch.RunAsync(health, cancel);
        if (before is null || before.CanRead != health.CanRead || before.CanWrite != health.CanWrite || before.Reachable != health.Reachable || !before.Problems.SequenceEqual(health.Problems))
            await events.PublishAsync(new PortalEvent(PortalTopic.Instances, instance, null), cancel);
        if (health.CanRead) await owners.RunAsync(instance, cancel);
        return health.Problems.Count == 0
            ? new SweepReport($"GitLab {health.Version}" + (health.Warnings.Count > 0 ? $"; {health.Warnings[0]}" : ""))
            : new SweepReport(string.Join(" ", health.Problems), health.Reachable ? WhileWrong : WhileAway);
    }
}
