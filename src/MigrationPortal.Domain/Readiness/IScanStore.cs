using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Readiness;

/// <summary>Scans of default branches, and what people said about them.</summary>
public interface IScanStore
{
    /// <summary>Replaces the project's scan of that branch.</summary>
    Task SaveAsync(ProjectScan scan, CancellationToken cancel);

    /// <returns>Null when the project was not looked at.</returns>
    Task<ProjectScan?> FindAsync(ProjectId project, CancellationToken cancel);

    Task<IReadOnlyDictionary<ProjectId, ProjectScan>> FindAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel);

    /// <summary>
    /// Projects to look at, those with the newest activity first: never looked at, active since, looked at before
    /// <paramref name="notSince"/>, or by another <paramref name="mark"/>. Archived ones are left out.
    /// </summary>
    /// <param name="mark">Names rules and profile (<see cref="ReadinessSettings.Mark"/>).</param>
    Task<IReadOnlyList<ScanSubject>> DueAsync(InstanceId instance, DateTimeOffset notSince, string mark, int limit, CancellationToken cancel);

    Task<ReadinessCounts> CountsAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Projects that a rule hits, those with most blocked jobs first.</summary>
    /// <param name="rule">Null: those with any finding.</param>
    Task<IReadOnlyList<ScannedProject>> ListAsync(InstanceId instance, string? rule, string? search, int limit, int offset, CancellationToken cancel);

    Task<IReadOnlyList<Acknowledgement>> AcknowledgedAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel);

    /// <returns>False when it was acknowledged already.</returns>
    Task<bool> AcknowledgeAsync(Acknowledgement given, CancellationToken cancel);

    /// <returns>False when there was none.</returns>
    Task<bool> TakeBackAsync(ProjectId project, string rule, string job, CancellationToken cancel);

    Task<ReadinessSettings> SettingsAsync(InstanceId instance, CancellationToken cancel);

    /// <returns>False when somebody else changed them meanwhile: the version is no longer one above the stored one.</returns>
    Task<bool> SaveSettingsAsync(InstanceId instance, ReadinessSettings settings, CancellationToken cancel);
}

/// <summary>"We know, and it is all right": a maintainer's word on one finding. The finding is shown, and counts no more as a predicted failure.</summary>
public sealed record Acknowledgement(ProjectId Project, string Rule, string Job, Actor By, DateTimeOffset At, string Reason);

/// <param name="Projects">Not archived.</param>
/// <param name="Scanned">Looked at, whatever came of it.</param>
/// <param name="Read">With a CI file that could be read.</param>
/// <param name="Ready">Of those, without a blocked job.</param>
/// <param name="ByRule">Most projects first.</param>
public sealed record ReadinessCounts(int Projects, int Scanned, int Read, int Ready, long Jobs, long BlockedJobs, IReadOnlyList<RuleCount> ByRule);

/// <param name="Severity">The worst of its findings.</param>
/// <param name="Projects">With at least one finding of the rule.</param>
/// <param name="Jobs">With such findings.</param>
public sealed record RuleCount(string Rule, Severity Severity, int Projects, long Jobs);

/// <param name="Rules">Those that hit, worst first.</param>
public sealed record ScannedProject(ProjectId Project, string FullPath, DateTimeOffset At, ScanState State, string? Problem, int Jobs, int Blocked, int Score, IReadOnlyList<string> Rules);
