using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Fields under one heading; a key that the target does not read says which release it needs.</summary>
public sealed partial class ConfigGroupPart
{
    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Paths { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }
}
