using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Web.Gates;

/// <summary>Each rule with its last reading, its limit, what it asks for, and since when it is breached.</summary>
public sealed partial class GuardRulesCard
{
    [Parameter, EditorRequired]
    public required GuardEvaluation Evaluation { get; set; }

    /// <summary>Newest first, from the evaluation on.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<GuardEvaluation> History { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }
}
