using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>
/// Charts over days that are not read whole mislead (failed jobs are known before the others), so they leave such buckets
/// out, and this says from when on all is there. Nothing once all is read.
/// </summary>
public sealed partial class HistoryNote
{
    [Parameter, EditorRequired]
    public required TimeWindow Window { get; set; }

    /// <summary>From when on every job is read: the window's end when none are.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset CompleteSince { get; set; }

    private bool IsNothingRead => CompleteSince >= Window.To;

    private string Title => IsNothingRead ? "The past is being read."
        : string.Create(CultureInfo.InvariantCulture, $"The past is read back to {CompleteSince.UtcDateTime:ddd d MMM, HH:mm} UTC.");

    private string Said => IsNothingRead
        ? "Newest jobs come first; the charts begin with the first hours and days that are read whole."
        : "Every job since then is here; the charts leave out the hours and days that began before.";
}
