using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Tests.Readiness;

/// <summary>Scans, words about them and settings, in memory; remembers what its list was asked.</summary>
internal sealed class MemoryScans : IScanStore, ICiFiles
{
    public List<ProjectScan> Scans { get; } = [];

    public List<Acknowledgement> Acknowledged { get; } = [];

    public List<ScannedProject> Rows { get; } = [];

    public ReadinessCounts Counts { get; set; } = new(0, 0, 0, 0, 0, 0, []);

    public ReadinessSettings Settings { get; set; } = ReadinessSettings.Default;

    public (string? Rule, string? Search, int Limit, int Offset) Asked { get; private set; }

    /// <summary>Thrown by every read.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What GitLab gives when a project is looked at again.</summary>
    public Func<CiReading> Reading { get; set; } = () => new(ScanState.NoFile, null, null, []);

    public Task<CiReading> ReadAsync(ScanSubject subject, CancellationToken cancel) => Task.FromResult(Reading());

    public Task SaveAsync(ProjectScan scan, CancellationToken cancel)
    {
        Scans.RemoveAll(one => one.Project == scan.Project);
        Scans.Add(scan);
        return Task.CompletedTask;
    }

    public Task<ProjectScan?> FindAsync(ProjectId project, CancellationToken cancel) => Task.FromResult(Scans.Find(one => one.Project == project));

    public Task<IReadOnlyDictionary<ProjectId, ProjectScan>> FindAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<ScanSubject>> DueAsync(InstanceId instance, DateTimeOffset notSince, string mark, int limit, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ReadinessCounts> CountsAsync(InstanceId instance, CancellationToken cancel) => Fault is null ? Task.FromResult(Counts) : Task.FromException<ReadinessCounts>(Fault);

    public Task<IReadOnlyList<ScannedProject>> ListAsync(InstanceId instance, string? rule, string? search, int limit, int offset, CancellationToken cancel)
    {
        Asked = (rule, search, limit, offset);
        return Task.FromResult<IReadOnlyList<ScannedProject>>([.. Rows.Where(one => rule is null || one.Rules.Contains(rule)).Skip(offset).Take(limit)]);
    }

    public Task<IReadOnlyList<Acknowledgement>> AcknowledgedAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Acknowledgement>>([.. Acknowledged]);

    public Task<bool> AcknowledgeAsync(Acknowledgement given, CancellationToken cancel)
    {
        Acknowledged.Add(given);
        return Task.FromResult(true);
    }

    public Task<bool> TakeBackAsync(ProjectId project, string rule, string job, CancellationToken cancel) => Task.FromResult(Acknowledged.RemoveAll(one => (one.Rule, one.Job) == (rule, job)) > 0);

    public Task<ReadinessSettings> SettingsAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Settings);

    public Task<bool> SaveSettingsAsync(InstanceId instance, ReadinessSettings settings, CancellationToken cancel)
    {
        Settings = settings;
        return Task.FromResult(true);
    }
}
