using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// Live rows that never move under the pointer: while it (or the keyboard) is inside, the rows stay as they are and
/// "3 new" is offered; outside, they follow at once.
/// </summary>
public sealed partial class FreshList<TItem>
{
    private IReadOnlyList<TItem> shown = [];
    private bool hovered;
    private bool focused;

    [Parameter, EditorRequired]
    public required IReadOnlyList<TItem> Items { get; set; }

    /// <summary>What makes an item the same one: its id.</summary>
    [Parameter, EditorRequired]
    public required Func<TItem, object> Key { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<IReadOnlyList<TItem>> ChildContent { get; set; }

    /// <summary>Items that are there and not shown yet.</summary>
    private int Waiting => Items.Count(item => !shown.Any(old => Key(old).Equals(Key(item))));

    protected override void OnParametersSet()
    {
        if (!hovered && !focused)
            shown = Items;
    }

    private void Leave()
    {
        hovered = false;
        OnParametersSet();
    }

    private void Blur()
    {
        focused = false;
        OnParametersSet();
    }

    private void Take() => shown = Items;
}
