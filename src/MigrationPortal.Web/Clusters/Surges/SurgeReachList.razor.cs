using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Surges;

namespace MigrationPortal.Web.Clusters.Surges;

/// <summary>Everything that jobs in QA's clusters get to see, by kind and name.</summary>
public sealed partial class SurgeReachList
{
    // More than that is opened by who wants to read it.
    private const int Few = 12;

    private readonly HashSet<ReachableKind> opened = [];

    [Parameter, EditorRequired]
    public required IReadOnlyList<Reachable> Reach { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Each group was open once.</summary>
    [Parameter]
    public EventCallback OnAllOpened { get; set; }

    protected override async Task OnInitializedAsync()
    {
        opened.UnionWith(Reach.GroupBy(one => one.Kind).Where(group => group.Count() <= Few).Select(group => group.Key));
        await TellAsync();
    }

    private async Task OpenedAsync(ReachableKind kind)
    {
        if (opened.Add(kind)) await TellAsync();
    }

    private Task TellAsync() => Reach.All(one => opened.Contains(one.Kind)) ? OnAllOpened.InvokeAsync() : Task.CompletedTask;
}
