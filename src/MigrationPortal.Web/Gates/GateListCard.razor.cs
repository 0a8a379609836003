using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>Every gate of the step: chip, name, the measured against its limit; each opens itself.</summary>
public sealed partial class GateListCard
{
    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required GateEvaluation Evaluation { get; set; }

    [Parameter, EditorRequired]
    public required string Selected { get; set; }

    private List<GateReading> Counted => [.. Evaluation.Readings.Where(reading => !Evaluation.Shadow.Contains(reading.Gate))];
}
