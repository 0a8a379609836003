using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// Carries the unfinished operation of an instance on: woken by its events, otherwise every second, and after a crash
/// by whichever replica gets the lease. Its writes are fenced by the operation's version besides.
/// </summary>
internal sealed class OperationSweep(RunOperation operation, InstanceDirectory instances, SweepWishes wishes) : ISweep
{
    public const string SweepName = "operation";

    public string Name => SweepName;

    // The lease is short, so that a killed portal's operation goes on soon.
    public SweepPace Pace { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(12));

    // With its own token; what that one says is shown at the operation.
    public bool NeedsReadToken => false;

    public bool Concerns(InstanceId instance) => instances.Find(instance)?.CanWrite == true;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (current, retryAfter) = await operation.RunAsync(instance, cancel);
        // What is due on the schedule waits for this.
        if (current?.State.IsEnd() == true) wishes.Wish(ScheduleSweep.SweepName, instance);
        return current is null
            ? new SweepReport("No operation is under way.")
            : new SweepReport($"Operation {current.Id} is {current.State.ToString().ToLowerInvariant()}.", retryAfter);
    }
}
