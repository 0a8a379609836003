using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>One pin as an administrator sees it: how long, shown by what, and what becomes of it.</summary>
public sealed partial class PinRow
{
    private const int MostJobs = 3;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Pin Pin { get; set; }

    /// <summary>What becomes of it, in a sentence.</summary>
    [Parameter, EditorRequired]
    public required string Fate { get; set; }

    [Parameter]
    public bool MayAct { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback OnEnd { get; set; }

    [Parameter]
    public EventCallback OnEndNow { get; set; }

    private string Href => string.Create(CultureInfo.InvariantCulture, $"readiness/projects/{Pin.Enrollment.Project.Number}");

    private string Jobs => Pin.Jobs.Count == 0 ? "its jobs are not known yet"
        : $"{Words.Count(Pin.Jobs.Count, "job")}: {string.Join(", ", Pin.Jobs.Take(MostJobs))}{(Pin.Jobs.Count > MostJobs ? $" and {Words.Count(Pin.Jobs.Count - MostJobs)} more" : "")}, by {CohortLook.Way(Pin.Enrollment.Way) ?? "nothing yet"}";

    private static string Shown(DateTimeOffset until) => until.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
