using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Shared;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Insights;

public sealed class RankCardTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    [Fact]
    public void Rows_AreTwentyAPage_WithNamesDenominatorsAndTheirJobs()
    {
        var card = Render("/insights/rates?by=project&kind=script&page=2");

        card.Markup.ShouldContain("21 to 40 of 45");
        card.FindAll("tbody tr").Count.ShouldBe(20);
        var first = card.Find("tbody tr");
        first.TextContent.ShouldContain("group/project-20");
        var failed = first.QuerySelectorAll("a.shown")[0];
        failed.TextContent.ShouldBe("80");
        failed.GetAttribute("href").ShouldBe("jobs?project=20&status=failed&kind=script&from=2026-11-11T00%3A00%3A00Z&to=2026-11-26T00%3A00%3A00Z&instance=production");
        first.QuerySelectorAll("a.shown")[1].GetAttribute("href").ShouldBe("jobs?project=20&from=2026-11-11T00%3A00%3A00Z&to=2026-11-26T00%3A00%3A00Z&instance=production");
    }

    [Fact]
    public void Pick_AddsToWhatIsDrawn_AndLetsTheFirstGoWhenFull()
    {
        var card = Render("/insights/rates?by=project");

        var boxes = card.FindAll("[role=checkbox]");
        boxes[0].GetAttribute("aria-checked").ShouldBe("true");
        Uri.UnescapeDataString(boxes[0].GetAttribute("href")!).ShouldEndWith("pick=1,2,3,4");
        boxes[7].GetAttribute("aria-checked").ShouldBe("false");
        Uri.UnescapeDataString(boxes[7].GetAttribute("href")!).ShouldEndWith("pick=1,2,3,4,7");
    }

    [Fact]
    public void Csv_AsksForTheSame()
    {
        var href = Render("/insights/rates?by=project&kind=script&executor=docker&managed=true&incidents=without").Find("a[download]").GetAttribute("href")!;

        href.ShouldStartWith("api/v1/insights/rankings?format=csv&instance=production&bucket=day&from=2026-11-11T14%3A20%3A00Z&to=2026-11-25T14%3A20%3A00Z");
        foreach (var part in (string[])["by=project", "kind=script", "executor=docker", "managed=true", "incidents=without"]) href.ShouldContain(part);
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<RankCard> Render(string address)
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var asked = Explorer.Of(kit.Services.GetRequiredService<UrlState>(), PageServices.Production, KitContext.Now);
        var ranked = Enumerable.Range(0, 45).Select(one => new RateTotal($"{one}", new Rate(100 - one, 1000))).ToList();
        var names = ranked.ToDictionary(one => one.Value, one => $"group/project-{one.Value}");
        var lines = ranked.Take(Explorer.MostLines).Select(one => new ChartSeries(one.Value, [])).ToList();
        return kit.Render<RankCard>(of => of.Add(card => card.Shown, new RatesShown(asked, false, ranked, new Rate(4000, 45_000), lines, [], names)));
    }
}
