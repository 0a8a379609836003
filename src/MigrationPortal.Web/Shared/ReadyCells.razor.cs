using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>"9 of 10 jobs ready", with one cell a job; above 30 jobs a cell stands for several, but one that is not ready is never hidden.</summary>
public sealed partial class ReadyCells
{
    private const int MostCells = 30;

    [Parameter, EditorRequired]
    public required int Ready { get; set; }

    [Parameter, EditorRequired]
    public required int Total { get; set; }

    [Parameter]
    public string? Note { get; set; }

    private int Cells => Math.Min(Total, MostCells);

    private int Filled => Total == 0 ? 0 : (int)Math.Floor((double)Ready * Cells / Total);
}
