using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>
/// Charts over days that are not read whole mislead (failed jobs are known before the others), so they mark such buckets
/// as not read, and this says from when on all is there and how long the rest takes. Nothing once all is read.
/// </summary>
public sealed partial class HistoryNote
{
    [Parameter, EditorRequired]
    public required TimeWindow Window { get; set; }

    /// <summary>From when on every job is read: the window's end when none are.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset CompleteSince { get; set; }

    /// <summary>What is known of the jobs; null before it was read.</summary>
    [Parameter]
    public JobCollection? Known { get; set; }

    private HistoryProgress? Past => Known?.Past;

    // The past has its own words above.
    private IEnumerable<UnreadRange> Gaps => (Known?.Unread ?? []).Where(gap => gap.From > DateTimeOffset.MinValue && gap.Touches(Window.From, Window.To));

    private bool IsNothingRead => CompleteSince >= Window.To;

    private string Title => IsNothingRead ? "The past is being read."
        : string.Create(CultureInfo.InvariantCulture, $"The past is read back to {CompleteSince.UtcDateTime:ddd d MMM, HH:mm} UTC.");

    private string Said => IsNothingRead
        ? "Newest jobs come first; the charts begin with the first hours and days that are read whole."
        : "Every job since then is here; the charts mark what is not read.";

    private static string GapTitle(UnreadRange gap) =>
        string.Create(CultureInfo.InvariantCulture, $"Jobs of {gap.From.UtcDateTime:d MMM HH:mm} to {gap.To.UtcDateTime:d MMM HH:mm} UTC are not all read.");
}
