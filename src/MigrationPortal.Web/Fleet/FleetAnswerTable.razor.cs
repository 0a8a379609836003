using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Web.Fleet;

/// <summary>The runners, or their managers, that answer a question.</summary>
public sealed partial class FleetAnswerTable
{
    private const int Most = 300;

    [Parameter, EditorRequired]
    public required FleetAnswer Answer { get; set; }

    /// <summary>The snapshot's own time.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset TakenAt { get; set; }

    private bool ByManager => Answer.Ask.Question == FleetQuestion.Versions;
}
