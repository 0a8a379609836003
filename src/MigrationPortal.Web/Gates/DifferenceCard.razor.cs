using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>The difference over time with its band, zero line, margin line and planned looks; after the last look it is no decision.</summary>
public sealed partial class DifferenceCard
{
    private ChartAxes? axes;

    [Parameter, EditorRequired]
    public required DifferenceShown Shown { get; set; }

    private DifferencePoint Last => Shown.Curve[^1];

    private string Note => $"percentage points, {Words.Percent(Shown.Now?.Confidence ?? 0.95)} limits, {(Shown.Plan is { } plan ? $"{Math.Max(0, DateOnly.FromDateTime(Shown.Facts.At.UtcDateTime).DayNumber - plan.EvidenceFrom.DayNumber)} whole days, " : "")}by project";

    private string Finding => Shown.Curve.Count == 0 ? "Nothing can be compared yet." : (Last.Upper < Shown.Margin, Last.Lower > 0) switch
    {
        (true, _) => BelowSince is { } since ? $"The band has stayed below the margin since {Day(since)}." : "The band is below the margin.",
        (_, true) => "The whole band is above zero: Kubernetes fails more often.",
        _ => "The band reaches above the margin: not shown to be safe.",
    };

    private string Basis => Shown.Now is { ComparedStrata: > 0 } now
        ? $"{Words.Count(now.Kubernetes.Failed)} of {Words.Count(now.Kubernetes.Finished)} Kubernetes jobs failed{(Shown.All ? "" : " for reasons of infrastructure")}, {Words.Count(now.Docker.Failed)} of {Words.Count(now.Docker.Finished)} docker jobs. These sums are not compared, because who moves first differs from the rest: each of {Words.Count(Shared, "shared project")} is compared with itself. The margin is how much worse is accepted."
        : "";

    private long Shared => Shown.Projects;

    private string Spoken => Shown.Curve.Count == 0 ? "" : $"Difference Kubernetes − docker: {Words.Points(Last.Difference)}, from {Words.Points(Last.Lower)} to {Words.Points(Last.Upper)}; margin {Words.Points(Shown.Margin)}. {Finding}";

    private DateOnly? BelowSince => Shown.Curve.Reverse().TakeWhile(point => point.Upper < Shown.Margin).Select(point => (DateOnly?)point.Until).LastOrDefault();

    private IReadOnlyList<LookDecision> Taken => Shown.Looks?.Taken ?? [];

    private DateOnly? LastLook => Shown.Looks?.Last?.On;

    private IReadOnlyList<(double, double?, double?)> Band => [.. Shown.Curve.Select(point => (axes!.Place(At(point.Until)), (double?)axes.Y.At(point.Upper), (double?)axes.Y.At(point.Lower)))];

    private IReadOnlyList<(double, double?)> Solid => LastLook is { } look ? Line(point => point.Until <= look) : [];

    // From where the solid one ends: a long curve need not have a point at the look.
    private IReadOnlyList<(double, double?)> Dotted => Shown.Curve.LastOrDefault(point => point.Until <= LastLook) is { } decided ? Line(point => point.Until >= decided.Until) : Line(_ => true);

    private (double Begin, double Width)? Undecided => Shown is { Plan: { } plan, Looks.Ahead: [var next, ..] }
        ? (Math.Max(0, Part(LastLook ?? plan.EvidenceFrom)), Part(next) - Math.Max(0, Part(LastLook ?? plan.EvidenceFrom)))
        : null;

    private IEnumerable<(double At, bool IsDone)> Looks => AllLooks.Select((look, index) => (Part(look), index < Taken.Count));

    private IReadOnlyList<DateOnly> AllLooks => [.. Taken.Select(one => one.On), .. Shown.Looks?.Ahead ?? []];

    private IReadOnlyList<(string Word, double Value, string Style)> Ends =>
        [($"upper {Points(Last.Upper)}", Last.Upper, ""), ($"so far {Points(Last.Difference)}", Last.Difference, "kt"), ($"lower {Points(Last.Lower)}", Last.Lower, "")];

    private DifferenceLabels Labels =>
        DifferenceLabels.Of([.. Ends.Select(end => (end.Word, axes!.Y.At(end.Value)))], axes!.Y.At(Shown.Margin), Part(Last.Until), axes.Height, ChartAxes.PhoneWidth);

    protected override void OnParametersSet()
    {
        axes = null;
        if (Shown.Curve.Count == 0 || AllLooks is not [.., var last]) return;
        // One wild first day must not press the rest flat: its band may leave the plot.
        var highs = Shown.Curve.Select(point => point.Upper).Order().ToList();
        var lows = Shown.Curve.Select(point => point.Lower).OrderDescending().ToList();
        var (most, least) = (Math.Max(Shown.Margin, Math.Max(Last.Upper, highs[(int)(highs.Count * 0.8)])), Math.Min(Last.Lower, lows[(int)(lows.Count * 0.8)]));
        axes = ChartAxes.Around(
            At(Shown.Curve[0].Until), At(last > Last.Until ? last : Last.Until), NiceTicks.For(least, most), ChartUnit.Points, 210,
            AllLooks.Select((look, index) => new ChartMarker(At(look), $"look {index + 1}")));
    }

    private List<(double, double?)> Line(Func<DifferencePoint, bool> which) => [.. Shown.Curve.Where(which).Select(point => (axes!.Place(At(point.Until)), (double?)axes.Y.At(point.Difference)))];

    private double Part(DateOnly day) => axes!.Place(At(day)) / ChartAxes.PlotWidth;

    private static string Points(double difference) => Words.Points(difference)[..^3];

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static string Day(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);
}
