namespace MigrationPortal.Domain.Readiness;

/// <summary>Merged CI configurations, read with the portal's own token of what monitoring leaves of its request budget.</summary>
public interface ICiFiles
{
    /// <exception cref="Instances.GitLabUnavailableException">GitLab does not answer, or the request budget is spent.</exception>
    Task<CiReading> ReadAsync(ScanSubject subject, CancellationToken cancel);
}
