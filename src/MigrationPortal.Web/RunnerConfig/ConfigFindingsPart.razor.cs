using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>What the checks say of the configuration as it is edited now.</summary>
public sealed partial class ConfigFindingsPart
{
    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }
}
