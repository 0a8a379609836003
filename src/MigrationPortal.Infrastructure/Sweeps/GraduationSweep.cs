using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Takes moved projects to where they follow the phase, once an admin has started it.</summary>
internal sealed class GraduationSweep(RunGraduation graduation, InstanceDirectory instances) : ISweep
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(2);

    public string Name => "graduation";

    public SweepPace Pace { get; } = SweepPace.Every(Usual, TimeSpan.FromSeconds(10), Usual);

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var begun = await graduation.RunAsync(instance, cancel);
        return new SweepReport(begun == 0 ? "No project was begun." : $"The opt-in of {begun} {(begun == 1 ? "project" : "projects")} is being taken out.");
    }
}
