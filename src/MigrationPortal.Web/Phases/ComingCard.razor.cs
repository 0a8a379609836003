using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>What is ahead by itself: each with its time or condition, and with everything that holds it now.</summary>
public sealed partial class ComingCard
{
    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ComingAct> Acts { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }
}
