using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Readiness;

/// <summary>Looks at projects' CI files and stores what it finds.</summary>
public sealed class ScanProjects(ICiFiles files, IScanStore store, IWorldClock clock)
{
    /// <summary>A file that nobody touched may still change by what it includes.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromDays(7);

    /// <summary>Those that are due, newest activity first.</summary>
    public async Task<IReadOnlyList<ScanSubject>> DueAsync(InstanceId instance, int limit, CancellationToken cancel)
    {
        var settings = await store.SettingsAsync(instance, cancel);
        return await store.DueAsync(instance, clock.Now(instance) - Again, settings.Mark, limit, cancel);
    }

    /// <exception cref="Instances.GitLabUnavailableException">GitLab does not answer, or the request budget is spent; nothing is stored.</exception>
    public async Task<ProjectScan> RunAsync(ScanSubject subject, CancellationToken cancel)
    {
        var settings = await store.SettingsAsync(subject.Project.Instance, cancel);
        var scan = ProjectScan.Of(subject, clock.Now(subject.Project.Instance), await files.ReadAsync(subject, cancel), settings.Scanner(), settings.Profile) with { Mark = settings.Mark };
        await store.SaveAsync(scan, cancel);
        return scan;
    }
}
