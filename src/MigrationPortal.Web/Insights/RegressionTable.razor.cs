using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Job names that got worse, each with both sides, docker at the same time, and run times.</summary>
public sealed partial class RegressionTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<Regression> Items { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<JobMove, string?> Paths { get; set; }

    /// <summary>Which failures count; null counts all.</summary>
    [Parameter, EditorRequired]
    public required FailureKind? Failures { get; set; }

    [Parameter, EditorRequired]
    public required string KindWord { get; set; }

    /// <summary>When jobs were last counted.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Until { get; set; }

    // docker that fails as often now says that the job changed, not the executor.
    private static string Beside(double low, double high) => low > 0 ? "less than Kubernetes" : high < 0 ? "more than Kubernetes" : "no clear difference to Kubernetes";

    private static string Time(double? seconds) => seconds is { } known ? Words.Duration(known) : "none";

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private string Href(Regression one) =>
        JobLinks.Of(one.Move.Project, "kubernetes", KindWord, new TimeWindow(At(one.Move.MovedOn), Until), one.Move.Name);
}
