using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>The newest scan of each project, and what people said about them.</summary>
public sealed class MemoryScans : IScanStore
{
    public Dictionary<ProjectId, ProjectScan> All { get; } = [];

    public List<Acknowledgement> Acknowledged { get; } = [];

    public Task SaveAsync(ProjectScan scan, CancellationToken cancel) => Task.FromResult(All[scan.Project] = scan);

    public Task<ProjectScan?> FindAsync(ProjectId project, CancellationToken cancel) => Task.FromResult(All.GetValueOrDefault(project));

    public Task<IReadOnlyDictionary<ProjectId, ProjectScan>> FindAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<ProjectId, ProjectScan>>(All.Where(one => projects.Contains(one.Key)).ToDictionary());

    public Task<IReadOnlyList<ScanSubject>> DueAsync(InstanceId instance, DateTimeOffset notSince, string mark, int limit, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ReadinessCounts> CountsAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<ScannedProject>> ListAsync(InstanceId instance, string? rule, string? search, int limit, int offset, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<Acknowledgement>> AcknowledgedAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Acknowledgement>>([.. Acknowledged.Where(one => projects.Contains(one.Project))]);

    public Task<bool> AcknowledgeAsync(Acknowledgement given, CancellationToken cancel)
    {
        Acknowledged.Add(given);
        return Task.FromResult(true);
    }

    public Task<bool> TakeBackAsync(ProjectId project, string rule, string job, CancellationToken cancel) =>
        Task.FromResult(Acknowledged.RemoveAll(one => one.Project == project && one.Rule == rule && one.Job == job) > 0);

    public Task<ReadinessSettings> SettingsAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(ReadinessSettings.Default);

    public Task<bool> SaveSettingsAsync(InstanceId instance, ReadinessSettings settings, CancellationToken cancel) => throw new NotSupportedException();
}
