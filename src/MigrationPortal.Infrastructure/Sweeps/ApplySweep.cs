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

    // Clusters take what is applied, and give it back, also while GitLab is away.
    public bool NeedsClock => false;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        // Each by itself: what is wrong with registrations does not stop applications.
        var registering = registrations.RunAsync(instance, cancel);
        await ((Task)registering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var (open, again) = await applications.RunAsync(instance, cancel);
        var waits = await registering;
        if (open + waits == 0) return new SweepReport("Nothing is being applied.");
        return new SweepReport($"{open} applications and {waits} registrations are under way.", again < Soon ? Soon : null);
    }
}
