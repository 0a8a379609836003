using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>The brownout of an operation: when the tag is back, and who waits or waited for it.</summary>
public sealed partial class BrownoutPart
{
    private Brownout? brownout;
    private BrownoutWaits? waits;

    [Inject]
    private IBrownoutReader Reader { get; set; } = null!;

    [Inject]
    private IWorldClock Clock { get; set; } = null!;

    /// <summary>With a brownout.</summary>
    [Parameter, EditorRequired]
    public required Operation Operation { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        brownout = BrownoutView.Of(Operation);
        waits = await Reader.WaitsAsync(brownout!, Clock.Now(Operation.Instance), CancellationToken.None);
    }
}
