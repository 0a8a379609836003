using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>How many unmanaged docker+machine runners there were each day, and whether the pace reaches zero before GitLab 20.0.</summary>
public sealed partial class BurnDownChart
{
    private readonly string id = $"burn{Guid.NewGuid():N}";

    private BurnDown? burn;
    private ChartAxes axes = null!;

    /// <summary>Oldest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<UnmanagedDay> Days { get; set; }

    /// <summary>The instance's time.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    private double Today => Part(At(burn!.Now.Day));

    private double End => Part(At(Attention.GitLab20));

    private string Unit => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"scale({1 / ChartAxes.PlotWidth} {1 / axes.Height})");

    private string Left => $"{Words.Count(burn!.Now.Runners)} of {Words.Count(burn.From.Runners)} are left";

    private string Pace => burn!.Now.Runners == 0 ? $"since {Words.Day(At(burn.From.Day))}: it is done."
        : burn.EndsOn is not { } ends ? $"since {Words.Day(At(burn.From.Day))}: none has gone yet, so there is no pace to foresee an end by."
        : ends <= Attention.GitLab20 ? $"since {Words.Day(At(burn.From.Day))}; at this pace the last one ends around {Words.Day(At(ends))}, {Words.Count(Attention.GitLab20.DayNumber - ends.DayNumber)} days before GitLab 20.0."
        : $"since {Words.Day(At(burn.From.Day))}; at this pace some are left when GitLab 20.0 removes the executor.";

    private string Curve => SvgPaths.Line([.. Steps.Select(step => (step.X, (double?)step.Y))]);

    // In fractions of the plot: a stretched hatch would change its angle.
    private string Area => SvgPaths.Band([.. Steps.Select(step => (step.X, (double?)step.Y, (double?)axes.Height))]);

    private string? Forecast => burn!.EndsOn is { } ends
        ? SvgPaths.Line([(axes.Place(At(burn.Now.Day)), axes.Y.At(burn.Now.Runners)), (axes.Place(At(ends)), (double?)axes.Y.At(0))])
        : null;

    // A count stands until the next one.
    private IEnumerable<(double X, double Y)> Steps
    {
        get
        {
            for (var at = 0; at < Days.Count; at++)
            {
                if (at > 0) yield return (axes.Place(At(Days[at].Day)), axes.Y.At(Days[at - 1].Runners));
                yield return (axes.Place(At(Days[at].Day)), axes.Y.At(Days[at].Runners));
            }
            if (Days.Count > 0) yield return (axes.Place(Now), axes.Y.At(Days[^1].Runners));
        }
    }

    protected override void OnParametersSet()
    {
        burn = BurnDown.Of(Days);
        if (burn is null) return;
        var from = At(Days[0].Day < burn.Now.Day.AddDays(-14) ? Days[0].Day : burn.Now.Day.AddDays(-14));
        axes = ChartAxes.Around(from, At(Attention.GitLab20), NiceTicks.For(0, Math.Max(4, burn.From.Runners)), ChartUnit.Count, 170, [new ChartMarker(Now, "today")]);
    }

    private double Part(DateTimeOffset at) => axes.Place(at) / ChartAxes.PlotWidth;

    private static string Percent(double part) => ChartPlot.Percent(part);

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
