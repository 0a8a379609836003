using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Failures;

/// <summary>How jobs of one name ended on both sides.</summary>
public interface IJobHistory
{
    /// <summary>Finished and failed jobs of the running and the 28 days before, as far as they are counted; names that did not run are left out.</summary>
    Task<IReadOnlyDictionary<string, JobHistory>> OfAsync(ProjectId project, IReadOnlyCollection<string> names, CancellationToken cancel);
}

public sealed record JobHistory(Rate Docker, Rate Kubernetes)
{
    public static readonly JobHistory None = new(default, default);
}
