using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Puts the digests for projects into the outbox when their hour has come. Asks GitLab nothing.</summary>
internal sealed class ProjectDigestSweep(TellDigests tell, InstanceDirectory instances) : ISweep
{
    // A few minutes late is on time for whoever reads it with the morning's mail.
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);

    public string Name => "project-digests";

    public SweepPace Pace { get; } = SweepPace.Every(Usual, TimeSpan.FromSeconds(10), Usual);

    public bool NeedsReadToken => false;

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel) =>
        new($"{await tell.RunAsync(instance, cancel)} digests put into the outbox.");
}
