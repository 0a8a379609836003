namespace MigrationPortal.Web.Shared;

/// <summary>Shares of the whole as stacked areas: Kubernetes at the bottom, docker on it, other at the top.</summary>
/// <param name="Axes">From 0 to 100 %.</param>
/// <param name="KubernetesEdge">The upper edge of Kubernetes.</param>
/// <param name="DockerEdge">The upper edge of docker.</param>
/// <param name="Kubernetes">Area in the stretched plot.</param>
/// <param name="Docker">Area in fractions of the plot, for a clip path: a stretched hatch would change its angle.</param>
/// <param name="Other">Area in fractions of the plot.</param>
/// <param name="Ends">The last shares and where their words stand.</param>
public sealed record ShareChartLayout(
    ChartAxes Axes,
    string KubernetesEdge,
    string DockerEdge,
    string Kubernetes,
    string Docker,
    string Other,
    IReadOnlyList<ShareEnd> Ends)
{
    private static readonly NiceTicks Quarters = new(0.25, [0, 0.25, 0.5, 0.75, 1]);

    /// <summary>Null where no bucket has any job.</summary>
    public static ShareChartLayout? Of(IReadOnlyList<ShareRow> rows, IReadOnlyList<ChartMarker> markers, double height = 210)
    {
        var last = rows.LastOrDefault(row => row.Total > 0);
        if (last is null)
            return null;

        var axes = ChartAxes.Around(rows[0].At, rows[^1].At, Quarters, ChartUnit.Percent, height, markers);
        (double X, double? Kubernetes, double? Docker, double? Top) Edges(ShareRow row) => row.Total == 0
            ? (axes.Place(row.At), null, null, null)
            : (axes.Place(row.At), (double)row.Kubernetes / row.Total, (double)(row.Kubernetes + row.Docker) / row.Total, 1);
        var edges = rows.Select(Edges).ToArray();

        double? Y(double? share) => share is { } part ? axes.Y.At(part) : null;
        return new(
            axes,
            SvgPaths.Line([.. edges.Select(edge => (edge.X, Y(edge.Kubernetes)))]),
            SvgPaths.Line([.. edges.Select(edge => (edge.X, Y(edge.Docker)))]),
            SvgPaths.Band([.. edges.Select(edge => (edge.X, Y(edge.Kubernetes), edge.Kubernetes is null ? null : (double?)height))]),
            SvgPaths.Band([.. edges.Select(edge => (edge.X, Y(edge.Docker), Y(edge.Kubernetes)))]),
            SvgPaths.Band([.. edges.Select(edge => (edge.X, Y(edge.Top), Y(edge.Docker)))]),
            EndWords(last, axes));
    }

    private static List<ShareEnd> EndWords(ShareRow last, ChartAxes axes)
    {
        var (kubernetes, docker) = ((double)last.Kubernetes / last.Total, (double)last.Docker / last.Total);
        (string Executor, string Word, double Share, double Middle)[] parts =
        [
            ("kubernetes", "K8s", kubernetes, kubernetes / 2),
            ("docker", "docker", docker, kubernetes + (docker / 2)),
            ("other", "other", 1 - kubernetes - docker, 1 - ((1 - kubernetes - docker) / 2)),
        ];
        var there = parts.Where(part => part.Share > 0.0005).ToArray();
        var places = LabelPlacing.Spread([.. there.Select(part => axes.Y.At(part.Middle))], 14, 4, axes.Height);
        return [.. there.Select((part, index) => new ShareEnd(part.Executor, part.Word, part.Share, places[index]))];
    }
}

/// <summary>A share at the right end of the chart.</summary>
public sealed record ShareEnd(string Executor, string Word, double Share, double Y);
