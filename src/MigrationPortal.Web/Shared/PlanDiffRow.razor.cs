using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>One runner of a plan: two changes in one PUT stay one row. All its tags are shown, added and removed ones marked.</summary>
public sealed partial class PlanDiffRow
{
    /// <summary>The place in the order of steps, from 1.</summary>
    [Parameter, EditorRequired]
    public required int Order { get; set; }

    [Parameter, EditorRequired]
    public required string Runner { get; set; }

    /// <summary>GitLab's name of the executor, or null.</summary>
    [Parameter, EditorRequired]
    public required string? Executor { get; set; }

    /// <summary>The runner's page.</summary>
    [Parameter]
    public string? Href { get; set; }

    [Parameter]
    public IReadOnlyList<(string Tag, TagChange Change)> Tags { get; set; } = [];

    [Parameter]
    public IReadOnlyList<AttributeChange> Changes { get; set; } = [];

    /// <summary>Why, in two or three words: "adopted tag", "2 changes, one PUT".</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>At the right end: the state of the step while it is applied.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>All tags of a runner with what happens to each: kept and added in the new order, removed last.</summary>
    public static IReadOnlyList<(string Tag, TagChange Change)> Compare(IReadOnlyCollection<string> before, IReadOnlyCollection<string> after) =>
    [
        .. after.Where(before.Contains).Select(tag => (tag, TagChange.Kept)),
        .. after.Where(tag => !before.Contains(tag)).Select(tag => (tag, TagChange.Added)),
        .. before.Where(tag => !after.Contains(tag)).Select(tag => (tag, TagChange.Removed)),
    ];
}

/// <summary>"untagged on → off", "paused yes → no". Equal sides are shown as unchanged.</summary>
public sealed record AttributeChange(string Attribute, string From, string To)
{
    public static AttributeChange Untagged(bool before, bool after) => new("untagged", OnOff(before), OnOff(after));

    public static AttributeChange Paused(bool before, bool after) => new("paused", before ? "yes" : "no", after ? "yes" : "no");

    private static string OnOff(bool value) => value ? "on" : "off";
}
