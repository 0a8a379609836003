using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

/// <summary>Something that concerned a project's jobs, in words for its maintainers.</summary>
/// <param name="At">The instance's time.</param>
public sealed record ProjectNews(DateTimeOffset At, string Sentence);

/// <summary>What happened to the jobs of projects: runners that changed for them, what was taken back, tags that were away, announcements.</summary>
public interface IProjectNews
{
    /// <param name="plan">Says which projects.</param>
    /// <returns>In the order of time; empty where nothing concerned them.</returns>
    Task<IReadOnlyList<ProjectNews>> OfAsync(InstanceId instance, DigestPlan plan, TimeWindow time, CancellationToken cancel);
}
