using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Insights;

public sealed class StragglersPageTests : IAsyncDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    private readonly KitContext kit = new();
    private readonly StillReader reader = new();

    public StragglersPageTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<IStragglerReader>(reader);
    }

    [Fact]
    public void Page_SaysWhoStillRunsOnDocker_WithDenominatorsAndOwners()
    {
        reader.Items = [Straggler(7, "data/etl", 70, 20), Straggler(8, "web/shop", 7, 7)];

        var page = Read();

        page.Find("h1").TextContent.ShouldBe("2 of 40\u00a0projects still run jobs on docker");
        page.Find(".lead").TextContent.ShouldContain("77 of 1,000 (7.7\u00a0%)");
        page.Find(".lead").TextContent.ShouldContain("50 of them on unmanaged runners");
        page.Markup.ShouldContain("2 of 2\u00a0projects are on docker only from branches and tags");
        page.Find("td.name a").GetAttribute("href")!.ShouldStartWith("jobs?project=7&executor=docker&from=");
        page.FindAll("tbody tr").Select(row => row.TextContent).ShouldContain(text => text.Contains("data/etl") && text.Contains("70 of 100"));
    }

    [Fact]
    public void Filters_AreReadFromTheAddress_AndPassedToTheCsv()
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/stragglers?source=schedule&standing=unmanaged&owner=data&range=30d");
        reader.Items = [Straggler(7, "data/etl", 70, 0)];

        var page = Read();

        reader.Asked!.ShouldBe(new StragglerFilter(PageServices.Production, TimeWindow.Last(TimeSpan.FromDays(30), KitContext.Now), "schedule", null, "data", null, false));
        page.FindAll("a[href^='api/v1/insights/stragglers']")[0].GetAttribute("href")!.ShouldContain("source=schedule&owner=data&managed=false");
    }

    [Theory]
    [InlineData("web", "owner=data&instance=qa", "owner=web&instance=qa")]
    [InlineData("schedule", "source=push", "source=schedule")]
    [InlineData("unmanaged", "standing=managed", "standing=unmanaged")]
    public void Filter_OtherValueChosen_TakesThePlaceOfTheFirst(string value, string before, string after)
    {
        var navigation = kit.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/stragglers?{before}");
        reader.Items = [Straggler(7, "data/etl", 70, 0), Straggler(8, "web/shop", 7, 0)];
        var popovers = kit.Render<MudBlazor.MudPopoverProvider>();
        var page = Read();

        page.Find("button[aria-haspopup=menu]").Click();
        popovers.WaitForElements(".mud-menu-item").Single(item => item.TextContent.Trim() == value).Click();

        new Uri(navigation.Uri).Query.Split('?', '&').Order().ShouldBe(["", .. after.Split('&').Order()]);
    }

    [Fact]
    public void OtherInstance_IsThatOfTheCsvToo()
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/stragglers?instance=qa");
        reader.Items = [Straggler(7, "data/etl", 70, 0)];

        var page = Read();

        var files = page.FindAll("a[href^='api/']").Select(link => link.GetAttribute("href")!).ToList();
        files.Count.ShouldBeGreaterThan(1);
        files.ShouldAllBe(href => href.EndsWith("&instance=qa", StringComparison.Ordinal));
        // Of the project itself, wherever the row came from.
        page.Find("td.name a").GetAttribute("href")!.ShouldEndWith("&instance=production");
    }

    [Fact]
    public void OpenRow_ShowsRefsAndSources()
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/stragglers?open=7");
        reader.Items = [Straggler(7, "data/etl", 70, 0)];
        reader.Places = [new StragglerPlace(reader.Items[0].Project, "data/etl", StragglerPlace.MergeRequests, "merge_request_event", TagSet.Of("large"), false, 35, Day)];

        var inner = Read().Find(".inner");

        inner.TextContent.ShouldContain("merge requests");
        inner.TextContent.ShouldContain("merge_request_event");
        inner.TextContent.ShouldContain("50\u00a0%");
    }

    [Fact]
    public void Projects_AreShown_BeforeIsReadWhereTheirJobsComeFrom()
    {
        var places = new TaskCompletionSource<IReadOnlyList<StragglerPlace>>();
        reader.PlacesTask = places.Task;
        reader.Items = [Straggler(7, "data/etl", 70, 0)];

        var page = Read();

        page.Find("td.name").TextContent.ShouldContain("data/etl");
        page.Find("td.from").TextContent.ShouldBeEmpty();
        places.SetResult([new StragglerPlace(reader.Items[0].Project, "data/etl", "release/1", "schedule", null, true, 70, Day)]);
        page.WaitForAssertion(() => page.Find("td.from").TextContent.ShouldContain("release/1"));
    }

    [Fact]
    public void NothingCountedYet_IsNoZero()
    {
        reader.CountedAt = null;

        Read().Markup.ShouldContain("No day has been counted yet");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<StragglersPage> Read()
    {
        var page = kit.Render<StragglersPage>();
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Adding up"));
        return page;
    }

    private static Straggler Straggler(long project, string path, long onDocker, long onManaged) =>
        new(new ProjectId(PageServices.Production, project), path, onDocker, onManaged, 0, 0, 100, Day);

    private sealed class StillReader : IStragglerReader
    {
        public IReadOnlyList<Straggler> Items { get; set; } = [];

        public IReadOnlyList<StragglerPlace> Places { get; set; } = [];

        public Task<IReadOnlyList<StragglerPlace>>? PlacesTask { get; set; }

        public DateTimeOffset? CountedAt { get; set; } = KitContext.Now.AddMinutes(-20);

        public StragglerFilter? Asked { get; private set; }

        public Task<Stragglers> ReadAsync(StragglerFilter filter, CancellationToken cancel)
        {
            Asked = filter;
            return Task.FromResult(new Stragglers(TimeWindow.Last(TimeSpan.FromDays(7), KitContext.Now), 1000, 40, Items, [new StragglerSource("schedule", 70, 1)], CountedAt));
        }

        public Task<IReadOnlyList<StragglerPlace>> PlacesAsync(StragglerFilter filter, IReadOnlyCollection<ProjectId>? projects, CancellationToken cancel) => PlacesTask ?? Task.FromResult(Places);
    }
}
