using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>Why the difference is what it is: the projects that weigh most, each compared with itself.</summary>
public sealed partial class EvidenceCard
{
    [Parameter, EditorRequired]
    public required DifferenceShown Shown { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<ProjectId, string> Paths { get; set; }

    private static IReadOnlyList<MeterPart> Bar(WeighedStratum one) => [new(one.Weight, "text-2", $"weight {Words.Percent(one.Weight)}")];

    private string Jobs(string key) => JobLinks.Of(
        new ProjectId(Shown.Instance, Number(key)), "kubernetes", Shown.All ? "all" : "infrastructure",
        new TimeWindow(new DateTimeOffset(Shown.Plan!.EvidenceFrom, TimeOnly.MinValue, TimeSpan.Zero), Shown.Facts.At));

    // Of a stratum that is a project's tag set; untagged ones are most and say nothing.
    private static string? TagsOf(string key) => key.Split('|') is [_, var tags] ? tags : null;

    private static long Number(string key) => Comparisons.ProjectOf(key);
}
