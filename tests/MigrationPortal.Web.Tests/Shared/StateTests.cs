using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class StateTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    [Fact]
    public void StateView_Loading_IsBusyAndHasTheShapeOfWhatComes()
    {
        var view = kit.Render<StateView>(parameters => parameters.Add(it => it.Kind, StateKind.Loading).Add(it => it.Title, "Reading 14 runners").Add(it => it.Rows, 7));

        view.Find("[aria-busy=true]").TextContent.Trim().ShouldBe("Reading 14 runners");
        view.FindAll(".skr").Count.ShouldBe(7);
    }

    [Fact]
    public void StateView_Error_SaysItAndNamesTheTrace()
    {
        var view = kit.Render<StateView>(parameters => parameters.Add(it => it.Kind, StateKind.Error).Add(it => it.Title, "GitLab does not answer").Add(it => it.TraceId, "4bf92f35"));

        view.Find("[role=alert] h2").TextContent.ShouldBe("GitLab does not answer");
        view.Find(".mono").TextContent.ShouldBe("trace 4bf92f35");
    }

    [Fact]
    public void FilterBar_Chips_AreDrawnFromTheUrl()
    {
        var navigation = kit.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("runners?role=legacy,kubernetes&q=abc");
        kit.Render<MudBlazor.MudPopoverProvider>();
        var bar = kit.Render<FilterBar>(parameters => parameters.Add(it => it.Filters, [FilterDef.Of("role", "legacy", "kubernetes"), FilterDef.Of("status", "online")]).Add(it => it.SearchHint, "Filter runners"));

        bar.FindAll(".fchip").Select(chip => chip.TextContent).ShouldBe(["role any of legacy, kubernetes"]);
        bar.Find("input").GetAttribute("value").ShouldBe("abc");

        bar.Find(".fchip button").Click();
        new Uri(navigation.Uri).Query.ShouldBe("?q=abc");
        bar.FindAll(".fchip").ShouldBeEmpty();

        bar.Find("input").Change("gpu");
        new Uri(navigation.Uri).Query.ShouldBe("?q=gpu");
    }

    [Fact]
    public void FilterBar_AddFilter_WritesTheUrl()
    {
        var navigation = kit.Services.GetRequiredService<NavigationManager>();
        var popovers = kit.Render<MudBlazor.MudPopoverProvider>();
        var bar = kit.Render<FilterBar>(parameters => parameters.Add(it => it.Filters, [FilterDef.Of("role", "legacy", "kubernetes")]));

        bar.Find("button[aria-haspopup=menu]").Click();
        popovers.WaitForElements(".mud-menu-item").Single(item => item.TextContent.Trim() == "kubernetes").Click();

        new Uri(navigation.Uri).Query.ShouldBe("?role=kubernetes");
        bar.Find(".fchip").TextContent.ShouldBe("role kubernetes");
    }

    [Theory]
    [InlineData("stragglers", "api/v1/insights/stragglers?by=ref", "api/v1/insights/stragglers?by=ref")]
    [InlineData("stragglers?instance=qa", "api/v1/insights/stragglers?by=ref", "api/v1/insights/stragglers?by=ref&instance=qa")]
    [InlineData("stragglers?instance=qa", "runners/7", "runners/7?instance=qa")]
    [InlineData("stragglers?instance=qa", "jobs?instance=production", "jobs?instance=production")]
    public void UrlState_OfInstance_KeepsTheInstanceThatIsSeen(string address, string href, string expected)
    {
        var navigation = kit.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo(address);

        new UrlState(navigation).OfInstance(href).ShouldBe(expected);
    }

    [Fact]
    public void UrlState_Toggle_AddsAndTakesOut()
    {
        var navigation = kit.Services.GetRequiredService<NavigationManager>();
        var url = new UrlState(navigation);
        navigation.NavigateTo("runners?page=2");

        url.Toggle("role", "legacy");
        url.Toggle("role", "qa");
        url.All("role").ShouldBe(["legacy", "qa"]);
        url.Toggle("role", "legacy");
        url.Toggle("role", "qa");
        url["role"].ShouldBeNull();
        url["page"].ShouldBe("2");
    }

    [Fact]
    public void FreshList_PointerInside_RowsStayAndNewOnesAreOffered()
    {
        var list = kit.Render<FreshList<int>>(parameters => Items(parameters, [1, 2]));
        list.Find(".fresh").MouseEnter();
        list.Render(parameters => Items(parameters, [5, 4, 3, 1, 2]));

        list.Find("p").TextContent.ShouldBe("1 2");
        list.Find(".offer").TextContent.ShouldBe("3 new");

        list.Find(".offer").Click();
        list.Find("p").TextContent.ShouldBe("5 4 3 1 2");
        list.FindAll(".offer").ShouldBeEmpty();
    }

    [Fact]
    public void FreshList_PointerOutside_RowsFollow()
    {
        var list = kit.Render<FreshList<int>>(parameters => Items(parameters, [1]));
        list.Find(".fresh").MouseEnter();
        list.Render(parameters => Items(parameters, [2, 1]));
        list.Find(".fresh").MouseLeave();

        list.Find("p").TextContent.ShouldBe("2 1");
    }

    [Fact]
    public void TimeText_CountsOnAndStandsInTheReadersZone()
    {
        var clock = kit.Services.GetRequiredService<PageClock>();
        var time = kit.Render<TimeText>(parameters => parameters.Add(it => it.At, KitContext.Now.AddMinutes(-28)));
        time.Find("time").TextContent.Replace('\u00a0', ' ').ShouldBe("13:52, 28 min ago");

        kit.Time.Advance(TimeSpan.FromMinutes(2));
        clock.ShowYourTime(TimeSpan.FromHours(1));
        time.Find("time").TextContent.Replace('\u00a0', ' ').ShouldBe("14:52, 30 min ago");
        time.Find("time").GetAttribute("title").ShouldBe("Wed 25 Nov 2026, 14:52 your time");
        time.Find("time").GetAttribute("datetime").ShouldBe("2026-11-25T13:52:00Z");
    }

    [Fact]
    public void TimeText_NotHappened_SaysNever() =>
        kit.Render<TimeText>(parameters => parameters.Add(it => it.At, null)).Markup.ShouldContain("never");

    [Fact]
    public void ActionButton_Forbidden_StaysVisibleDisabledWithALock()
    {
        var button = kit.Render<ActionButton>(parameters => parameters
            .Add(it => it.Href, "plans/41/apply").Add(it => it.Disabled, true).Add(it => it.Why, "One gate fails").AddChildContent("Apply 6 changes")).Find("button");

        button.IsDisabled().ShouldBeTrue();
        button.GetAttribute("title").ShouldBe("One gate fails");
        button.QuerySelector("svg")!.InnerHtml.ShouldContain("rect");
    }

    private static void Items(ComponentParameterCollectionBuilder<FreshList<int>> parameters, IReadOnlyList<int> items) => parameters
        .Add(it => it.Items, items)
        .Add(it => it.Key, number => number)
        .Add(it => it.ChildContent, shown => $"<p>{string.Join(' ', shown)}</p>");

    public async ValueTask DisposeAsync() => await kit.DisposeAsync();
}
