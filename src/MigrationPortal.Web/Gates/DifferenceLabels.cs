using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>
/// Heights of the words at the end of the curve and of the margin's word, which stands at the chart's right edge. Where they
/// share a column none lies on another. Pure.
/// </summary>
/// <param name="Ends">In the order asked for.</param>
public sealed record DifferenceLabels(IReadOnlyList<double> Ends, double Margin)
{
    private const double Height = 14;
    private const double Gap = 7;

    /// <summary>Room above the highest word.</summary>
    private const double Top = 4;

    /// <param name="ends">Words with the heights they want, in px.</param>
    /// <param name="margin">The height of the margin's line.</param>
    /// <param name="at">Where the curve ends, from 0 to 1 of the plot's width.</param>
    /// <param name="height">Of the plot, in px.</param>
    /// <param name="width">Of the plot where it is narrowest, in px.</param>
    public static DifferenceLabels Of(IReadOnlyList<(string Word, double Y)> ends, double margin, double at, double height, double width)
    {
        var wanted = ends.Select(end => end.Y).ToList();
        var isApart = (at * width) + Gap + ends.Max(end => LabelPlacing.Width(end.Word)) < width;
        if (isApart) return new DifferenceLabels(LabelPlacing.Spread(wanted, Height, Top, height), margin);
        var places = LabelPlacing.Spread([.. wanted, margin], Height, Top, height);
        return new DifferenceLabels([.. places.SkipLast(1)], places[^1]);
    }
}
