using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Looks at the CI files of projects, newest activity first, of what the more important sweeps leave of the request budget.</summary>
internal sealed class ReadinessSweep(ScanProjects scan, InstanceDirectory directory, IPortalEvents events, TimeProvider time) : ISweep
{
    private const int ProjectsARun = 500;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public string Name => "readiness";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(1));

    // Only production's jobs move.
    public bool Concerns(InstanceId instance) => directory.Find(instance) is { Kind: InstanceKind.Production };

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (due, began, looked) = (await scan.DueAsync(instance, ProjectsARun, cancel), time.GetTimestamp(), 0);
        try
        {
            foreach (var subject in due)
            {
                if (time.GetElapsedTime(began) > Longest) break;
                await scan.RunAsync(subject, cancel);
                looked++;
            }
        }
        catch (BudgetSpentException spent) when (looked > 0)
        {
            return new SweepReport($"{looked} CI files looked at; waits for the request budget.", spent.ComesBackIn, PutOff: true);
        }
        finally
        {
            if (looked > 0) await events.PublishAsync(new PortalEvent(PortalTopic.Readiness, instance, null), CancellationToken.None);
        }

        return due.Count == 0 ? new SweepReport("Every CI file is looked at.") : new SweepReport($"{looked} CI files looked at.", looked < due.Count || due.Count == ProjectsARun ? Pace.NotBefore : null);
    }
}
