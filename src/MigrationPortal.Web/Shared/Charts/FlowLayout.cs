using static MigrationPortal.Web.Shared.LinearScale;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// The blast radius as a flow, from where the jobs run today to its targets. Thickness is jobs a
/// day; what is not zero is at least 4 px thick, so that 3 failing jobs of 10,000 are seen.
/// </summary>
/// <param name="SourceHeight">Of the bar at the left, from <see cref="Top"/> down.</param>
/// <param name="Streams">One for each target, from the top.</param>
/// <param name="Height">Of the whole drawing, in px.</param>
public sealed record FlowLayout(double SourceHeight, IReadOnlyList<FlowStream> Streams, double Height)
{
    public const double Top = 8;

    /// <summary>Width of the drawing in its own units; it is stretched to the room it gets.</summary>
    public const double Width = 284;

    private const double Room = 119;
    private const double Least = 4;
    private const double Gap = 8;
    private const double LongRow = 32;
    private const double ShortRow = 18;

    public static FlowLayout Of(IReadOnlyList<FlowTarget> targets)
    {
        var total = Math.Max(1, targets.Sum(target => target.JobsADay));
        var streams = new List<FlowStream>();
        var (left, row) = (Top, Top);
        foreach (var target in targets)
        {
            var thick = target.JobsADay <= 0 ? 0 : Math.Max(Least, target.JobsADay / total * Room);
            var rowHeight = Math.Max(thick, target is { Detail: null, Range: null } ? ShortRow : LongRow);
            streams.Add(new(target, left, row + ((rowHeight - thick) / 2), thick, row, rowHeight));
            left += thick;
            row += rowHeight + Gap;
        }

        return new(left - Top, streams, Math.Max(left, row - Gap) + Top);
    }
}

/// <summary>Where jobs go.</summary>
/// <param name="Kind">Decides the hue.</param>
/// <param name="Name">"moves to Kubernetes".</param>
/// <param name="JobsADay">Jobs a day, rounded for display.</param>
/// <param name="Projects">Projects behind them.</param>
/// <param name="Detail">"untagged, shared with docker".</param>
/// <param name="Range">"2,120 to 3,340".</param>
public sealed record FlowTarget(FlowKind Kind, string Name, double JobsADay, int Projects, string? Detail = null, string? Range = null)
{
    /// <summary>The token of its colour.</summary>
    public string Token => Kind switch
    {
        FlowKind.Kubernetes => "k8s",
        FlowKind.Docker => "docker",
        FlowKind.Unmanaged => "attention",
        _ => "fail",
    };

    /// <summary>Something goes wrong there: its words are red when it is not zero.</summary>
    public bool IsBad => Kind is FlowKind.PredictedToFail or FlowKind.NoRunner && JobsADay > 0;
}

public enum FlowKind
{
    Kubernetes,
    Docker,
    PredictedToFail,
    NoRunner,
    Unmanaged,
}

/// <summary>One stream: where it leaves and arrives, how thick it is, and the row of its words.</summary>
public sealed record FlowStream(FlowTarget Target, double Left, double Right, double Thickness, double RowTop, double RowHeight)
{
    public bool HasTwoLines => Target.Detail is not null || Target.Range is not null;

    /// <summary>Two curves and the ends between them.</summary>
    public string Path
    {
        get
        {
            const double Half = FlowLayout.Width / 2;
            var (a, b, c, d) = (Svg(Left), Svg(Right), Svg(Right + Thickness), Svg(Left + Thickness));
            return $"M0 {a}C{Half} {a} {Half} {b} {FlowLayout.Width} {b}V{c}C{Half} {c} {Half} {d} 0 {d}Z";
        }
    }
}
