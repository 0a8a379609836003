using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Findings of a configuration by how bad they are, in the order of the file; what is only good to know is folded.</summary>
public sealed partial class ConfigFindingList
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<ConfigFinding> Findings { get; set; }

    private IEnumerable<IGrouping<CheckSeverity, ConfigFinding>> Groups => Findings.GroupBy(found => found.Severity).OrderBy(group => group.Key);
}
