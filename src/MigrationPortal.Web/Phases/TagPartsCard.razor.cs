using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Web.Phases;

/// <summary>The jobs of a tag by one of its dimensions, most first.</summary>
public sealed partial class TagPartsCard
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Head of the first column.</summary>
    [Parameter, EditorRequired]
    public required string Column { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<TagPart> Parts { get; set; }

    /// <summary>How many there are, shown or not.</summary>
    [Parameter, EditorRequired]
    public required long Count { get; set; }

    [Parameter, EditorRequired]
    public required TagDetail Detail { get; set; }

    [Parameter, EditorRequired]
    public required string CsvHref { get; set; }

    [Parameter]
    public bool OneProject { get; set; }

    private static string Say(TagPart part) => part.Name.Length == 0 ? "not known" : part.Name == StragglerPlace.MergeRequests ? "merge requests" : part.Name;
}
