using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class ChartTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 11, 9, 0, 0, 0, TimeSpan.Zero);

    private readonly KitContext kit = new();

    [Fact]
    public void Band_DrawsLineBandLabelAndMarker()
    {
        var chart = Band([new("docker", Points(0.003, 0.0031)), new("kubernetes", Points(0.002, null))]);

        chart.Find("path.dl").GetAttribute("d")!.ShouldStartWith("M0 ");
        chart.Find("path.db").GetAttribute("d")!.ShouldEndWith("Z");
        chart.FindAll("text").Select(text => text.TextContent).ShouldContain("docker 0.31");
        chart.FindAll("text").Select(text => text.TextContent).ShouldContain("K8s 0.20");
        chart.FindAll("text").Select(text => text.TextContent).ShouldContain("phase 2");
        chart.FindAll("line.grid, line.ax").Count.ShouldBeLessThanOrEqualTo(6); // five lines and the axis
        chart.Find("svg[role=img]").GetAttribute("aria-label")!.ShouldContain("docker is at 0.31");
    }

    [Fact]
    public void Band_NoData_SaysSoInsteadOfAnEmptyChart()
    {
        var chart = Band([]);

        chart.Find(".v.unknown").TextContent.ShouldContain("no data");
        chart.FindAll("svg.chart").ShouldBeEmpty();
    }

    [Fact]
    public void Band_TableView_HasEveryValueWithItsDenominator_AndLivesInTheUrl()
    {
        var chart = Band([new("docker", [new(Day, 0.01, 0.005, 0.02, 3, 300), new(Day.AddDays(1), null)])]);
        chart.Find("button.link").Click();

        chart.FindAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Replace('\u00a0', ' '))))
            .ShouldBe(["Mon 9 Nov|1.0 % (3 of 300)|0.50 % to 2.0 %", "Tue 10 Nov|no data|"]);
        kit.Services.GetRequiredService<NavigationManager>().Uri.ShouldContain("table=failure-rate");

        chart.Find("button.link").Click();
        chart.FindAll("table").ShouldBeEmpty();
    }

    [Fact]
    public void Band_Gap_IsMarkedWithItsReason_AndNothingIsDrawnInIt()
    {
        IReadOnlyList<ChartGap> gaps = [new(DateTimeOffset.MinValue, Day.AddDays(1.5), "not read yet")];
        ChartPoint[] days = [new(Day, 0, 0, 0.1, 0, 30), new(Day.AddDays(1), 0, 0, 0.1, 0, 30), new(Day.AddDays(2), 0.02, 0.01, 0.03, 6, 300), new(Day.AddDays(3), 0.02, 0.01, 0.03, 6, 300)];
        var chart = kit.Render<CascadingValue<IReadOnlyList<ChartGap>>>(given => given.Add(it => it.Value, gaps).AddChildContent<BandChart>(parameters => parameters
            .Add(it => it.Title, "Failure rate").Add(it => it.Say, "said").Add(it => it.Series, [new ChartSeries("docker", days)])));

        chart.Find(".unread rect title").TextContent.ShouldBe("Not known: not read yet");
        (chart.Find(".unread rect").GetAttribute("x"), chart.Find(".unread rect").GetAttribute("width")).ShouldBe(("0%", "50%"));
        // From the third of four days on.
        chart.Find("path.dl").GetAttribute("d")!.ShouldStartWith("M666");
        chart.Find("button.link").Click();
        chart.FindAll("tbody tr").Select(row => row.Children[1].TextContent.Replace('\u00a0', ' ')).ShouldBe(["not read yet", "not read yet", "2.0 % (6 of 300)", "2.0 % (6 of 300)"]);
    }

    [Fact]
    public void Share_Gap_IsMarked_AndItsRowsSayWhy()
    {
        IReadOnlyList<ChartGap> gaps = [new(Day.AddDays(1), Day.AddDays(1).AddHours(1), "the job sweep is behind")];
        var chart = kit.Render<CascadingValue<IReadOnlyList<ChartGap>>>(given => given.Add(it => it.Value, gaps).AddChildContent<ShareChart>(parameters => parameters
            .Add(it => it.Title, "Share").Add(it => it.Say, "said").Add(it => it.Rows, [new ShareRow(Day, 62, 34, 4), new ShareRow(Day.AddDays(1), 3, 0, 0), new ShareRow(Day.AddDays(2), 62, 34, 4)])));

        chart.FindAll(".unread rect").Count.ShouldBe(1);
        chart.Find("button.link").Click();
        chart.FindAll("tbody tr")[1].TextContent.ShouldContain("the job sweep is behind");
        chart.FindAll("tbody tr")[1].TextContent.ShouldNotContain("100 %");
    }

    [Fact]
    public void Share_TableView_HasTheCounts()
    {
        var chart = kit.Render<ShareChart>(parameters => parameters
            .Add(it => it.Title, "Share").Add(it => it.Say, "said").Add(it => it.Rows, [new ShareRow(Day, 62, 34, 4), new ShareRow(Day.AddDays(1), 0, 0, 0)]));
        chart.FindAll("text").Select(text => text.TextContent.Replace('\u00a0', ' ')).ShouldContain("docker 34 %");
        chart.Find("button.link").Click();

        chart.FindAll("tbody tr")[0].TextContent.Replace('\u00a0', ' ').ShouldBe("Mon 9 Nov62 % (62)34 % (34)4 % (4)100");
        chart.FindAll("tbody tr")[1].TextContent.ShouldContain("no data");
    }

    [Fact]
    public void Flow_AlwaysShowsAllFourTargets()
    {
        var flow = kit.Render<BlastRadiusFlow>(parameters => parameters
            .Add(it => it.Source, "docker today").Add(it => it.SourceJobsADay, 100).Add(it => it.SourceProjects, 3)
            .Add(it => it.Targets, [new(FlowKind.Kubernetes, "moves", 60, 2), new(FlowKind.Docker, "stays", 40, 1), new(FlowKind.PredictedToFail, "predicted to fail", 0, 0), new(FlowKind.NoRunner, "no runner", 0, 0)]));

        flow.FindAll(".said .name").Select(name => name.TextContent).ShouldBe(["moves", "stays", "predicted to fail", "no runner"]);
        flow.FindAll("clipPath").Count.ShouldBe(2);
        flow.FindAll(".said.fail").ShouldBeEmpty();
        flow.Find(".flow").GetAttribute("aria-label").ShouldBe("docker today, 100 jobs a day: moves 60 in 2\u00a0projects, stays 40 in 1\u00a0project, predicted to fail 0 in 0\u00a0projects, no runner 0 in 0\u00a0projects");
    }

    private IRenderedComponent<BandChart> Band(IReadOnlyList<ChartSeries> series) => kit.Render<BandChart>(parameters => parameters
        .Add(it => it.Title, "Failure rate").Add(it => it.Say, "said").Add(it => it.Series, series).Add(it => it.Markers, [new(Day, "phase 2")]));

    private static ChartPoint[] Points(params double?[] values) =>
        [.. values.Select((value, day) => new ChartPoint(Day.AddDays(day), value, value * 0.8, value * 1.2))];

    public async ValueTask DisposeAsync() => await kit.DisposeAsync();
}
