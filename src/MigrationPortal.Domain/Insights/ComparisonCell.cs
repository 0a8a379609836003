using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>What finished in one stratum on one day; several cells of the same stratum and day add up.</summary>
/// <param name="Project">Given where a stratum is a class of projects: jobs of one project may fail together, so limits are also taken project by project.</param>
public sealed record ComparisonCell(string Stratum, DateOnly Day, Rate Kubernetes, Rate Docker, string? Project = null)
{
    internal Stratum Counts => new(Kubernetes, Docker);
}
