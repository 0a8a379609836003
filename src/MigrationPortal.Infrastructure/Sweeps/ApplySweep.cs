using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// Carries on what is being applied to the clusters of an instance, and runners that are registered there: after a crash whichever replica gets the lease. Its writes
/// are fenced by the version of each besides.
/// </summary>
internal sealed class ApplySweep(RunApplications applications, RunRegistrations registrations) : ISweep
{
    public const string SweepName = "apply";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public string Name => SweepName;

    // The lease is short, so that what a killed portal began goes on soon.
    public SweepPace Pace { get; } = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(12));

    public bool NeedsReadToken => false;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var registering = await registrations.RunAsync(instance, cancel);
        var (open, again) = await applications.RunAsync(instance, cancel);
        if (open + registering == 0) return new SweepReport("Nothing is being applied.");
        return new SweepReport($"{open} applications and {registering} registrations are under way.", again < Soon ? Soon : null);
    }
}
