using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Throws away what has run out: sessions. Once for the whole portal, so on the production instance.</summary>
internal sealed class HousekeepingSweep(ISessionStore sessions, InstanceDirectory instances, TimeProvider time) : ISweep
{
    public string Name => "housekeeping";

    // Real time, whatever the instance's clock does.
    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    public bool NeedsReadToken => false;

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel) =>
        new($"{await sessions.RemoveExpiredAsync(time.GetUtcNow(), cancel)} expired sessions removed");
}
