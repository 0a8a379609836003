using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>A line sample with the chart's dash, and the word: the chip is also the legend.</summary>
public sealed partial class ExecutorChip
{
    private ExecutorLook look = null!;

    /// <summary>GitLab's own name: <c>kubernetes</c>, <c>docker</c>, <c>docker+machine</c>; null where it is not known.</summary>
    [Parameter, EditorRequired]
    public string? Executor { get; set; }

    /// <summary>Instead of the executor's own word: "on Kubernetes".</summary>
    [Parameter]
    public string? Word { get; set; }

    protected override void OnParametersSet() => look = ExecutorLook.Of(Executor);
}
