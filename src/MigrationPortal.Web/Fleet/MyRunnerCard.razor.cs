using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Web.Fleet;

/// <summary>One docker runner of the reader's.</summary>
public sealed partial class MyRunnerCard
{
    [Parameter, EditorRequired]
    public required OwnedRunner Mine { get; set; }

    /// <summary>The instance's time.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback OnDone { get; set; }

    [Parameter]
    public EventCallback OnKeep { get; set; }

    [Parameter]
    public EventCallback OnTakeBack { get; set; }

    private ObservedRunner Seen => Mine.Runner.Runner.Observed;
}
