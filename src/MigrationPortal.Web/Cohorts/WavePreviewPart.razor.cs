using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Whom a wave reaches, and when the gate could decide: before anybody is asked.</summary>
public sealed partial class WavePreviewPart
{
    private const int Most = 40;

    [Parameter, EditorRequired]
    public required WavePreview Preview { get; set; }
}
