namespace MigrationPortal.Web.Shared;

/// <summary>Made-up data for the kit's own page: the story of the mockups, production on Wed 25 Nov 2026.</summary>
internal static class DevKitSamples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 25, 14, 20, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset First = new(2026, 10, 26, 0, 0, 0, TimeSpan.Zero);

    private static readonly double[] KubernetesShare =
        [.08, .085, .11, .107, .107, .078, .084, .144, .152, .156, .255, .252, .237, .231, .383, .387, .386, .391, .386, .372, .354, .519, .503, .502, .502, .505, .481, .486, .6, .62, .62];

    private static readonly double[] KubernetesRate =
        [.335, .363, .346, .373, .292, .334, .346, .31, .317, .304, .28, .487, .317, .275, .302, .221, .272, .253, .293, .275, .296, .318, .276, .303, .263, .285, .294, .276, .252, .244, .281];

    private static readonly double[] DockerRate =
        [.267, .35, .34, .322, .267, .321, .319, .33, .355, .29, .354, .324, .338, .322, .34, .278, .355, .311, .316, .28, .301, .284, .339, .343, .331, .325, .355, .32, .332, .351, .31];

    public const string Fix = " services:\n   - name: registry.example.org/db/postgres:16\n-    alias: my_db\n+    alias: my-db";

    public static readonly IReadOnlyList<ChartMarker> Markers =
    [
        new(First.AddDays(7), "phase 2"), new(First.AddDays(10), "K 50"), new(First.AddDays(14), "K 100"), new(First.AddDays(21), "L 75"), new(First.AddDays(28), "L 50"),
    ];

    public static readonly IReadOnlyList<ShareRow> Shares =
    [
        .. KubernetesShare.Select((share, day) => new ShareRow(First.AddDays(day), (long)(share * 31840), (long)((.96 - share) * 31840), (long)(.04 * 31840))),
    ];

    public static readonly IReadOnlyList<ChartSeries> Rates =
    [
        new("docker", Points(DockerRate, KubernetesShare.Select(share => .96 - share))),
        new("kubernetes", Points(KubernetesRate, KubernetesShare)),
    ];

    public static readonly IReadOnlyList<ChartSeries> Gaps =
    [
        new("docker", [.. Points(DockerRate, KubernetesShare.Select(share => .96 - share)).Select((point, day) => day is > 8 and < 13 ? point with { Value = null, Low = null, High = null } : point)]),
        new("kubernetes", [.. Points(KubernetesRate, KubernetesShare).Skip(14)]),
        new("shell", Points([.. DockerRate.Select(rate => rate + .01)], KubernetesShare.Select(_ => .04))),
    ];

    public static readonly IReadOnlyList<RailPhase> Phases =
    [
        new(0, "Prepare", "7 Sep to 21 Sep", RailPlace.Done), new(1, "Opt-in", "21 Sep to 2 Nov", RailPlace.Done),
        new(2, "Untagged takeover", "step 5 of 7, since 2 Nov", RailPlace.Current),
        new(3, "docker fallback", "from 11 Jan (forecast)", RailPlace.Future), new(4, "Decommission", "from 15 Mar", RailPlace.Future), new(5, "Retire opt-in tag", "from 26 Apr", RailPlace.Future),
    ];

    public static readonly IReadOnlyList<RailFleet> Fleets =
    [
        new("kubernetes", "100\u00a0%", "4 of 4 accept untagged, 1 paused", [RailCell.Accepts, RailCell.Accepts, RailCell.Accepts, RailCell.Paused]),
        new("docker", "50\u00a0%", "4 of 8 accept untagged, next 2", [RailCell.Accepts, RailCell.Accepts, RailCell.Next, RailCell.Next, .. Enumerable.Repeat(RailCell.Refuses, 4)]),
    ];

    public static readonly IReadOnlyList<FlowTarget> Flow =
    [
        new(FlowKind.Kubernetes, "moves to Kubernetes", 2767, 388, "untagged, shared with docker", "2,120 to 3,340"),
        new(FlowKind.Docker, "stays on docker", 7916, 540, "by tag, by pin, or taken by the last 2 runners"),
        new(FlowKind.PredictedToFail, "predicted to fail", 143, 6), new(FlowKind.NoRunner, "no runner", 0, 0),
    ];

    public static readonly IReadOnlyList<StepItem> Steps =
    [
        new("Widen", "k8s-shared-03 and 04", "2 PUT, read back, about 4 s"), new("Verify", "both served and each started a job", "contact within 5 min; waits up to 30 min"),
        new("Narrow", "legacy-05, 06, 08", "3 PUT; halts if one was changed meanwhile"), new("Watch", "for 7 days, roll-back rules on"),
    ];

    public static readonly IReadOnlyList<SampleRunner> Runners =
    [
        .. Enumerable.Range(1, 4).Select(number => new SampleRunner($"k8s-shared-0{number}", "kubernetes", "kubernetes", ["k8s-default"], number < 4 ? 312 - (number * 30) : 0)),
        .. Enumerable.Range(1, 8).Select(number => new SampleRunner($"legacy-0{number}", "legacy", number > 4 ? "docker+machine" : "docker", number == 3 ? ["linux", "docker"] : ["docker-fallback"], 84 - (number * 2))),
    ];

    // A Wilson-like width is enough for the eye: the band narrows as jobs grow.
    private static ChartPoint[] Points(double[] perCent, IEnumerable<double> shares) =>
    [
        .. perCent.Zip(shares).Select((pair, day) =>
        {
            var (rate, jobs) = (pair.First / 100, (long)(pair.Second * 31840));
            var half = 1.96 * Math.Sqrt(rate * (1 - rate) / jobs);
            return new ChartPoint(First.AddDays(day), rate, Math.Max(0, rate - half), rate + half, (long)Math.Round(rate * jobs), jobs);
        }),
    ];
}

internal sealed record SampleRunner(string Name, string Role, string Executor, IReadOnlyList<string> Tags, int JobsAnHour)
{
    public IReadOnlyList<double?> Course => [.. Enumerable.Range(0, 18).Select(hour => (double?)(JobsAnHour * (1.2 - (0.5 * Math.Abs(hour - 5) / 13.0))))];
}
