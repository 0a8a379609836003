using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Instances;

/// <summary>The sweeps are alive when production's fleet was read not long ago, on whichever replica.</summary>
internal sealed class SweepCheck(InstanceDirectory instances, IFleetStore fleet, ISweepReader sweeps, IWorldClock clock, DatabaseFaults database) : IHealthCheck
{
    /// <summary>Real time.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var production = instances.Production.Id;
        try
        {
            if (await fleet.LatestAsync(production, cancellationToken) is not { } snapshot)
                return HealthReasons.NotReady([$"The fleet of '{production}' has not been read yet."]);
            // Where a test steps the clock, an age says nothing.
            var speed = clock.Speed(production);
            var age = speed > 0 ? (clock.Now(production) - snapshot.TakenAt) / speed : TimeSpan.Zero;
            if (age > Limit) return HealthReasons.NotReady([string.Create(CultureInfo.InvariantCulture, $"The fleet of '{production}' was last read {age.TotalMinutes:0} minutes ago.")]);
            var failing = (await sweeps.LastRunsAsync(production, cancellationToken)).Where(one => one.FailuresInARow >= SweepState.Trouble).ToList();
            return failing.Count == 0 ? HealthCheckResult.Healthy() : HealthReasons.Warn([.. failing.Select(one => $"Sweep '{one.Name}' of '{production}' fails: {one.Said}")]);
        }
        catch (Exception fault) when (database.Explain(fault) is not null)
        {
            return HealthReasons.NotReady(["Not known while the database is away."]);
        }
    }
}
