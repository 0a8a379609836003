using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Charts over days that are not read whole mislead: says from when on they can be trusted. Nothing once all is read.</summary>
public sealed partial class HistoryNote
{
    [Parameter, EditorRequired]
    public required TimeWindow Window { get; set; }

    /// <summary>From when on every job is read: the window's end when none are.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset CompleteSince { get; set; }

    private string Said => CompleteSince >= Window.To
        ? "Newest jobs come first. Until then the charts below show a part of what ran."
        : string.Create(CultureInfo.InvariantCulture, $"Every job since {CompleteSince.UtcDateTime:ddd d MMM, HH:mm} UTC is here; the charts below show only a part of what ran before.");
}
