using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Grid, axes, markers and their words; what is drawn inside comes from the chart.</summary>
public sealed partial class ChartPlot
{
    [Parameter, EditorRequired]
    public required ChartAxes Axes { get; set; }

    /// <summary>The chart in words, for screen readers.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Paths in the stretched plot, <see cref="ChartAxes.PlotWidth"/> wide.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment Drawing { get; set; }

    /// <summary>What must not be stretched: hatched areas, end labels, pointers. Places are per cent of the plot.</summary>
    [Parameter]
    public RenderFragment? Over { get; set; }

    /// <summary>Room for the words at the ends of lines, in px.</summary>
    [Parameter]
    public int Right { get; set; } = 76;

    /// <summary>Which lines get a number; by default all.</summary>
    [Parameter]
    public Func<double, bool> ShowTick { get; set; } = _ => true;

    /// <summary>Spans whose data is not known.</summary>
    [Parameter]
    public IReadOnlyList<ChartGap> Gaps { get; set; } = [];

    // Within the plot, as parts of its width; what lies outside is not drawn.
    private IEnumerable<(double At, double Width, string Reason)> Unread => Gaps
        .Select(gap => (From: Part(gap.From), To: Part(gap.To), gap.Reason))
        .Where(gap => gap.To > gap.From)
        .Select(gap => (gap.From, gap.To - gap.From, gap.Reason));

    private int Top => 12 + (12 * Axes.MarkerRows);

    /// <summary>From 0 to 1 as per cent for an SVG attribute.</summary>
    public static string Percent(double part) => (part * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private double Part(DateTimeOffset at) => at <= Axes.From ? 0 : at >= Axes.To ? 1 : (at - Axes.From) / (Axes.To - Axes.From);

    private static string Svg(double number) => LinearScale.Svg(number);
}
