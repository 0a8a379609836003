using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>What one runner shall look like. Runners not named stay as they are.</summary>
/// <param name="Why">A short reason for the diff row, such as "adopted tag".</param>
public sealed record DesiredRunner(RunnerId Runner, RunnerAttributes Attributes, string Why);
