namespace MigrationPortal.Web.Shared;

/// <summary>One line of a chart. The executor decides hue, dash and word.</summary>
/// <param name="Executor">GitLab's name: <c>kubernetes</c>, <c>docker</c>, any other.</param>
/// <param name="Points">In the order of time.</param>
public sealed record ChartSeries(string Executor, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>In place of the executor's word at the end of the line and in the table.</summary>
    public string? Name { get; init; }

    /// <summary>Of a line that is of no executor.</summary>
    public ExecutorLook? Look { get; init; }
}

/// <summary>A value at a time. Null is a gap, and stays one: nothing is drawn across it.</summary>
/// <param name="At">Begin of the bucket.</param>
/// <param name="Value">In the chart's unit; per cent as a fraction.</param>
/// <param name="Low">Lower limit of the band.</param>
/// <param name="High">Upper limit of the band.</param>
/// <param name="Failed">The numerator, for table and tooltip.</param>
/// <param name="Finished">The denominator.</param>
public sealed record ChartPoint(DateTimeOffset At, double? Value, double? Low = null, double? High = null, long? Failed = null, long? Finished = null);

/// <summary>A dotted vertical line with a word on top: "phase 2", "K 50", "L 75".</summary>
public sealed record ChartMarker(DateTimeOffset At, string Label);

/// <summary>A span of time that is marked, and why: "Kubernetes 212 of 431".</summary>
/// <param name="Href">Where it leads, or null.</param>
public sealed record ChartSpan(DateTimeOffset From, DateTimeOffset To, string Label, string? Href = null);

/// <summary>A span of time whose data is not known: marked with its reason, and nothing is drawn in it.</summary>
/// <param name="Reason">"not read yet".</param>
public sealed record ChartGap(DateTimeOffset From, DateTimeOffset To, string Reason)
{
    /// <summary>The gap that any of a bucket is in; null when its data is known.</summary>
    public static ChartGap? Around(IReadOnlyList<ChartGap> gaps, DateTimeOffset at, TimeSpan bucket) => gaps.FirstOrDefault(gap => at < gap.To && at + bucket > gap.From);

    /// <summary>The distance of evenly spaced buckets; an hour where there is but one.</summary>
    public static TimeSpan Bucket(IReadOnlyList<DateTimeOffset> times) => times.Count > 1 ? times[1] - times[0] : TimeSpan.FromHours(1);
}

/// <summary>A horizontal limit, dash-dot in the colour of fail: "margin +0.25".</summary>
public sealed record ChartLimit(double Value, string Label);

/// <summary>What the numbers of a chart are.</summary>
public enum ChartUnit
{
    /// <summary>A fraction of 1, shown as per cent.</summary>
    Percent,
    Count,
    Seconds,

    /// <summary>A signed difference of fractions, shown in percentage points.</summary>
    Points,
}
