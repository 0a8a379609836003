using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Says why only the last part of a range is shown: no rollup carries these filters, and single jobs are read so many at a time.</summary>
public sealed partial class CutNote
{
    [Parameter, EditorRequired]
    public required Explorer Asked { get; set; }

    /// <summary>Rates by the day have rollups for most dimensions; by the hour for few.</summary>
    [Parameter]
    public bool HasDays { get; set; } = true;

    private string Said =>
        $"No rollup carries these filters{(HasDays && Asked.Filter.Bucket == Bucket.Hour ? " by the hour" : " together")}, so the last {Words.Count(InsightReach.MostSingleJobs)} single jobs of the range are read. "
        + (HasDays && Asked.Filter.Bucket == Bucket.Hour ? "Per day, or with fewer filters, the whole range is answered." : "With fewer filters the whole range is answered; an earlier part is when the range ends earlier.");
}
