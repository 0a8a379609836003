using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Domain.Jobs;

/// <summary>A job class with how often it was seen lately.</summary>
/// <param name="Jobs">Jobs of this class in the window.</param>
/// <param name="JobsPerDay">The same per day of the window.</param>
public sealed record JobClass(JobNeeds Needs, long Jobs, double JobsPerDay);
