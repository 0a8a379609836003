using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>What one runner shall look like. Runners not named stay as they are.</summary>
/// <param name="Why">A short reason for the diff row, such as "adopted tag".</param>
public sealed record DesiredRunner(RunnerId Runner, RunnerAttributes Attributes, string Why);

/// <summary>A runner on its way from what it is to what it shall be.</summary>
internal sealed record RunnerChange(FleetRunner Runner, RunnerAttributes To, string Why)
{
    public RunnerAttributes From => Runner.Attributes;

    public RunnerAttributes Union { get; } = Runner.Attributes.Union(To);
}
