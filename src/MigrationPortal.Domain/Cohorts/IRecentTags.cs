using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>What single projects' jobs asked for lately, in the census of job classes.</summary>
public interface IRecentTags
{
    /// <param name="window">Whole UTC days: the first one counts in full.</param>
    /// <returns>Each tag set once, jobs that nobody took among them; projects without jobs, and jobs whose tags are not known, are left out.</returns>
    Task<IReadOnlyDictionary<ProjectId, IReadOnlyList<TagSet>>> OfAsync(InstanceId instance, IReadOnlyCollection<ProjectId> projects, TimeWindow window, CancellationToken cancel);
}
