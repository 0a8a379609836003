using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

public interface IRanJobs
{
    /// <summary>
    /// Finished jobs of whole UTC days after the one on which each enrollment came into its state, as far back as days are kept;
    /// on whatever runner. Jobs whose tags are not known have none.
    /// </summary>
    /// <param name="enrollments">At most one a project, as active ones are.</param>
    Task<IReadOnlyList<RanJobs>> SinceAsync(InstanceId instance, IReadOnlyCollection<Enrollment> enrollments, CancellationToken cancel);
}
