namespace MigrationPortal.Web.Shared;

/// <summary>
/// The frame of a chart as numbers. The plot is <see cref="PlotWidth"/> units wide and stretched to whatever room it
/// gets; words are placed in per cent of it and keep their size. So one drawing fits a desk and a phone, without script.
/// </summary>
public sealed record ChartAxes
{
    public const double PlotWidth = 1000;

    /// <summary>How wide the plot is on a phone, in px.</summary>
    public const double PhoneWidth = 205;

    // The width in px for which words are kept apart where two charts stand side by side on a desk.
    private const double DeskWidth = 440;

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required double Height { get; init; }

    public required NiceTicks Ticks { get; init; }

    public required ChartUnit Unit { get; init; }

    public required IReadOnlyList<AxisWord> Times { get; init; }

    public required IReadOnlyList<AxisWord> Markers { get; init; }

    public LinearScale X => new(0, Math.Max(1, (To - From).Ticks), 0, PlotWidth);

    public LinearScale Y => new(Ticks.Bottom, Ticks.Top, Height, 0);

    /// <summary>Rows of words above the plot: 1 or 2.</summary>
    public int MarkerRows => Markers.Any(marker => marker.Row == 1) ? 2 : 1;

    public double Place(DateTimeOffset at) => X.At((at - From).Ticks);

    /// <summary>Axes around a span of time and of values.</summary>
    public static ChartAxes Around(DateTimeOffset from, DateTimeOffset to, NiceTicks ticks, ChartUnit unit, double height, IEnumerable<ChartMarker> markers)
    {
        if (to <= from)
            to = from.AddHours(1);
        double At(DateTimeOffset at) => (at - from) / (to - from);
        // The last point stands for a bucket that goes on after it.
        var inside = markers.Where(marker => marker.At >= from).OrderBy(marker => marker.At).Select(marker => (Math.Min(1, At(marker.At)), marker.Label)).ToArray();
        var times = TimeTicks.For(from, to).Select(tick => (At(tick.At), tick.Label)).ToArray();
        return new()
        {
            From = from,
            To = to,
            Height = height,
            Ticks = ticks,
            Unit = unit,
            Markers = AxisWords(inside, rows: 2),
            Times = AxisWords(times, rows: 1),
        };
    }

    private static List<AxisWord> AxisWords((double At, string Word)[] words, int rows)
    {
        var (desk, phone) = (LabelPlacing.Rows(words, DeskWidth, rows), LabelPlacing.Rows(words, PhoneWidth, 1));
        return [.. words.Select((word, index) => new AxisWord(word.At, word.Word, desk[index], phone[index] is not null && desk[index] is not null))];
    }
}

/// <summary>A word at a time.</summary>
/// <param name="At">From 0 (left) to 1.</param>
/// <param name="Word">The word.</param>
/// <param name="Row">Its row, or null: only the line is drawn.</param>
/// <param name="OnPhone">There is room for it on a phone too.</param>
public sealed record AxisWord(double At, string Word, int? Row, bool OnPhone);
