using Microsoft.Extensions.Logging;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// Carries surges there and back, after a crash whichever replica gets the lease. Its writes are fenced by the version of each besides.
/// </summary>
internal sealed partial class SurgeSweep(RunSurges surges, InstanceDirectory instances, ILogger<SurgeSweep> log) : ISweep
{
    public string Name => "surge";

    // The lease is short, so that what a killed portal began goes on soon.
    public SweepPace Pace { get; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(12));

    public bool NeedsReadToken => false;

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (open, again, faults) = await surges.RunAsync(instance, cancel);
        foreach (var fault in faults) LogFault(log, fault);
        return open == 0 ? new SweepReport("Nothing is lent.") : new SweepReport($"{open} {(open == 1 ? "surge is" : "surges are")} under way.", again);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The turn of a surge broke")]
    private static partial void LogFault(ILogger log, Exception fault);
}
