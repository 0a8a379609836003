using CsCheck;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

public class IncidentFinderTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeWindow Window = new(Start.AddDays(14), Start.AddDays(20));
    private static readonly DateTimeOffset Hit = Start.AddDays(16).AddHours(14);

    /// <summary>Usual: 5 of 400 an hour, 1.25 %.</summary>
    [Theory]
    [InlineData(212, 431, true)]
    [InlineData(30, 400, true)]
    [InlineData(15, 400, false)]
    [InlineData(5, 5, true)]
    [InlineData(4, 4, false)]
    [InlineData(0, 400, false)]
    public void Find_OneHour_IsAnIncidentWhenItIsImprobable(long failed, long finished, bool isOne)
    {
        var found = IncidentFinder.Find(Usual("kubernetes", (Hit, failed, finished)), Window);

        found.Count.ShouldBe(isOne ? 1 : 0);
        if (!isOne) return;
        found[0].Window.ShouldBe(new TimeWindow(Hit, Hit.AddHours(1)));
        var hit = found[0].Hits.ShouldHaveSingleItem();
        (hit.Executor, hit.Rate, hit.Usual).ShouldBe(("kubernetes", new Rate(failed, finished), new Rate(14 * 24 * 5, 14 * 24 * 400)));
        found[0].HitTogether.ShouldBeFalse();
    }

    [Theory]
    [InlineData(new[] { 14, 15 }, new int[0], 1, false)]
    [InlineData(new[] { 14, 16 }, new int[0], 2, false)]
    [InlineData(new[] { 14, 15 }, new[] { 15, 16 }, 1, true)]
    [InlineData(new[] { 14 }, new[] { 15 }, 1, false)]
    [InlineData(new[] { 14 }, new[] { 14 }, 1, true)]
    public void Find_AdjacentHours_AreOneIncident_AndSayWhomTheyHit(int[] kubernetes, int[] docker, int incidents, bool together)
    {
        var points = Usual("kubernetes", Bad(kubernetes)).Concat(Usual("docker", Bad(docker))).ToList();

        var found = IncidentFinder.Find(points, Window);

        found.Count.ShouldBe(incidents);
        found.Any(incident => incident.HitTogether).ShouldBe(together);
        found.SelectMany(incident => incident.Hits).Where(hit => hit.Executor == "docker").SelectMany(hit => hit.Hours).ShouldBe(docker.Select(hour => Hit.AddHours(hour - 14)));
        found.SelectMany(incident => incident.Hits).Sum(hit => hit.Rate.Failed).ShouldBe(200 * (kubernetes.Length + docker.Length));
    }

    [Fact]
    public void Find_WithoutAUsualRate_OrOutsideOfTheWindow_FindsNothing()
    {
        IncidentFinder.Find([new RatePoint(Window.From, "docker", new Rate(400, 400))], Window).ShouldBeEmpty();
        IncidentFinder.Find(Usual("docker", (Window.To, 400, 400), (Window.From.AddHours(-1), 400, 400)), Window).ShouldBeEmpty();
    }

    [Fact]
    public void Find_ARateThatStays_IsUsualInTheEnd()
    {
        var long_ = new TimeWindow(Window.From, Window.From.AddDays(40));
        var points = Enumerable.Range(0, 54 * 24).Select(hour => new RatePoint(Start.AddHours(hour), "docker", new Rate(hour < 14 * 24 ? 5 : 80, 400))).ToList();

        var found = IncidentFinder.Find(points, long_);

        found[0].Window.From.ShouldBe(Window.From);
        found[^1].Window.To.ShouldBeLessThan(Window.From.AddDays(28));
    }

    [Fact]
    public void Find_MoreFailures_NeverHideAnIncident() =>
        Gen.Select(Gen.Long[0, 60], Gen.Long[0, 400], Gen.Long[0, 40]).Sample((failed, finished, more) =>
        {
            var rate = new Rate(Math.Min(failed, finished), finished);
            var worse = rate with { Failed = Math.Min(rate.Failed + more, finished) };
            var (one, other) = (IncidentFinder.Find(Usual("docker", (Hit, rate.Failed, rate.Finished)), Window), IncidentFinder.Find(Usual("docker", (Hit, worse.Failed, worse.Finished)), Window));
            return one.Count <= other.Count;
        });

    [Fact]
    public void Find_EachImprobableHour_IsInExactlyOneIncident_AndIncidentsDoNotTouch() =>
        Gen.Select(Gen.Bool.Array[140], Gen.Bool.Array[140]).Sample((kubernetes, docker) =>
        {
            DateTimeOffset[] Hours(bool[] bad) => [.. Enumerable.Range(0, bad.Length).Where(hour => bad[hour]).Take(20).Select(hour => Window.From.AddHours(hour))];
            var points = Usual("kubernetes", [.. Hours(kubernetes).Select(at => (at, 390L, 400L))]).Concat(Usual("docker", [.. Hours(docker).Select(at => (at, 390L, 400L))])).ToList();
            var found = IncidentFinder.Find(points, Window);
            foreach (var (executor, hours) in ((string, DateTimeOffset[])[])[("kubernetes", Hours(kubernetes)), ("docker", Hours(docker))])
                found.SelectMany(incident => incident.Hits).Where(hit => hit.Executor == executor).SelectMany(hit => hit.Hours).ShouldBe(hours);
            for (var next = 1; next < found.Count; next++) found[next].Window.From.ShouldBeGreaterThan(found[next - 1].Window.To);
        }, iter: 40);

    private static (DateTimeOffset, long, long)[] Bad(int[] hours) => [.. hours.Select(hour => (Hit.AddHours(hour - 14), 200L, 400L))];

    private static List<RatePoint> Usual(string executor, params (DateTimeOffset At, long Failed, long Finished)[] other) =>
    [
        .. Enumerable.Range(0, 20 * 24 + 1).Select(hour => Start.AddHours(hour)).Select(at => other.FirstOrDefault(one => one.At == at) is { At.Year: > 1 } one
            ? new RatePoint(at, executor, new Rate(one.Failed, one.Finished)) : new RatePoint(at, executor, new Rate(5, 400))),
    ];
}
