using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// An instant, relative and absolute: "13:52, 28 min ago", in UTC or the reader's own time as the layout decides.
/// Counts on by itself.
/// </summary>
public sealed partial class TimeText : IDisposable
{
    [Inject]
    private PageClock Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required DateTimeOffset? At { get; set; }

    [Parameter]
    public TimeForm Form { get; set; }

    /// <summary>What stands there when it has not happened.</summary>
    [Parameter]
    public string Absent { get; set; } = "never";

    protected override void OnInitialized() => Clock.Ticked += Redraw;

    private DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(Clock.Offset);

    private string Text(DateTimeOffset at)
    {
        var stamp = Words.Stamp(Local(at), Local(Clock.Now));
        var ago = Words.Ago(at, Clock.Now);
        return Form switch { TimeForm.Absolute => stamp, TimeForm.Relative => ago, _ => $"{stamp}, {ago}" };
    }

    private void Redraw() => InvokeAsync(StateHasChanged);

    public void Dispose() => Clock.Ticked -= Redraw;
}

/// <summary>How a time is written; the full stamp with its zone is always in the tooltip.</summary>
public enum TimeForm
{
    Both,
    Relative,
    Absolute,
}
