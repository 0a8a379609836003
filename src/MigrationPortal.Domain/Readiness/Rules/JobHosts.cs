namespace MigrationPortal.Domain.Readiness.Rules;

internal static class JobHosts
{
    /// <summary>A host inside the pod: itself, a service, or docker's name for the build container.</summary>
    public static bool IsInside(JobView job, string host) =>
        host is "localhost" or "127.0.0.1" or "0.0.0.0" or "::1" or "build" or "docker" || host.StartsWith("127.", StringComparison.Ordinal)
        || job.Services.Any(service => service.IsCalled(host) || service.Image.Family == host);
}
