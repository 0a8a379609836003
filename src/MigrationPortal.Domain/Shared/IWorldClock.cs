namespace MigrationPortal.Domain.Shared;

/// <summary>
/// The instance's time, which job times, bake times, schedules and sweeps use. Real time except in the demo and in
/// tests, where it follows the simulator. Sign-in, HTTP, leases and budgets use <see cref="TimeProvider"/> instead.
/// </summary>
public interface IWorldClock
{
    DateTimeOffset Now(InstanceId instance);

    /// <summary>World seconds that pass in one real second: 1 in production, 0 where a test steps the clock.</summary>
    double Speed(InstanceId instance);
}
