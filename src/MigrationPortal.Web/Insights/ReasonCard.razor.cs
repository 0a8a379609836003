using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>GitLab's raw failure reasons, the most frequent first.</summary>
public sealed partial class ReasonCard
{
    private IReadOnlyList<(string Reason, long Failed)> reasons = [];
    private long total;

    [Parameter, EditorRequired]
    public required IReadOnlyList<RatePoint> Points { get; set; }

    [Parameter, EditorRequired]
    public required TimeWindow Window { get; set; }

    [Parameter, EditorRequired]
    public required InsightRange Range { get; set; }

    /// <summary>The jobs that failed for a reason.</summary>
    [Parameter]
    public Func<string, string>? JobsHref { get; set; }

    /// <summary>What is not read of the window.</summary>
    [CascadingParameter]
    private IReadOnlyList<ChartGap>? Gaps { get; set; }

    private ChartGap? Unread => reasons.Count > 0 ? null : Gaps?.FirstOrDefault(gap => gap.From < Window.To && gap.To > Window.From);

    private string Finding => reasons is [var most, ..]
        ? $"{(most.Reason == ValueNames.NotKnown ? "A reason that is not known yet" : Words.Sentence(most.Reason.Replace('_', ' ')))} leads with {Words.Count(most.Failed)} of {Words.Count(total, "failure")}."
        : Unread is null ? "Nothing failed." : "What failed is not known yet.";

    protected override void OnParametersSet()
    {
        reasons =
        [
            .. Points.Where(point => point.Rate.Failed > 0).GroupBy(point => point.Value)
                .Select(group => (group.Key, group.Sum(point => point.Rate.Failed)))
                .OrderByDescending(one => one.Item2),
        ];
        total = reasons.Sum(one => one.Failed);
    }
}
