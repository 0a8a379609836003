using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>Where the jobs of single projects ran, for those who maintain them.</summary>
public interface IProjectRuns
{
    /// <summary>Finished jobs (succeeded or failed) of whole UTC days; projects without any are left out.</summary>
    Task<IReadOnlyDictionary<ProjectId, ProjectRuns>> ReadAsync(InstanceId instance, IReadOnlyCollection<ProjectId> projects, DateOnly from, DateOnly until, CancellationToken cancel);
}

/// <param name="Other">Finished on neither, such as Windows or a shell.</param>
public sealed record ProjectRuns(Rate Docker, Rate Kubernetes, long Other)
{
    public long All => Docker.Finished + Kubernetes.Finished + Other;

    public double Share(Rate of) => All == 0 ? 0 : (double)of.Finished / All;
}
