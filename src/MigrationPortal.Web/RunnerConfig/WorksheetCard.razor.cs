using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>What the options of machines say about the nodes that take their place.</summary>
public sealed partial class WorksheetCard
{
    private const int Most = 200;

    [Parameter, EditorRequired]
    public required IReadOnlyList<WorksheetRow> Rows { get; set; }
}
