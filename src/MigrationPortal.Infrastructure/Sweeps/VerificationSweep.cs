using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Carries verifications of runner configurations on: somebody looks at the page meanwhile.</summary>
internal sealed class VerificationSweep(FollowVerifications follow, InstanceDirectory instances) : ISweep
{
    public string Name => "verifications";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    public bool NeedsReadToken => false;

    public bool Concerns(InstanceId instance) => instances.Find(instance)?.Kind == InstanceKind.Qa;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var went = await follow.RunAsync(instance, cancel);
        return new SweepReport(went == 0 ? "Nothing has gone on." : $"{went} {(went == 1 ? "verification has" : "verifications have")} gone on.");
    }
}
