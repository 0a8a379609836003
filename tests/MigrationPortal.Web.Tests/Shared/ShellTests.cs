using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class ShellTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    [Fact]
    public void Catalog_LeavesOutPagesThatDoNotExist()
    {
        var catalog = new PageCatalog([typeof(RunnersPage)]);

        catalog.Built(NavMap.Admin).Select(group => group.Title).ShouldBe(["Fleet"]);
        catalog.Built(NavMap.Admin)[0].Items.Select(item => item.Title).ShouldBe(["Runners"]);
    }

    [Fact]
    public void SideNav_LeadsToTheInstanceThatIsSeen()
    {
        kit.Services.AddSingleton(new PageCatalog([typeof(RunnersPage)]));
        var nav = kit.Render<SideNav>(parameters => parameters.Add(it => it.IsOpen, false));
        nav.Find("a").GetAttribute("href").ShouldBe("runners");
        kit.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("/?instance=qa");
        nav.WaitForAssertion(() => nav.Find("a").GetAttribute("href").ShouldBe("runners?instance=qa"));
    }

    [Fact]
    public void SideNav_ShowsCountsOfTheFeed()
    {
        kit.Services.AddSingleton(new PageCatalog([typeof(RunnersPage)]));
        var nav = kit.Render<SideNav>(parameters => parameters.Add(it => it.IsOpen, false));
        kit.Services.GetRequiredService<ShellState>().Show(new ShellFacts { Counts = new Dictionary<string, string> { ["runners"] = "14" } });

        nav.Find("a .n").TextContent.ShouldBe("14");
        nav.Find("a").GetAttribute("href").ShouldBe("runners");
    }

    [Theory]
    [InlineData("", "Overview|Plans|Pending jobs")]
    [InlineData("pl", "Plans")]
    [InlineData("jobs pen", "Pending jobs")]
    [InlineData("e", "Overview|Pending jobs")]
    [InlineData("xyz", "")]
    public void Jump_FindsEveryWord(string question, string found)
    {
        JumpTarget[] targets = [new("Overview", "", "page"), new("Plans", "plans", "page"), new("Pending jobs", "pending", "page")];

        string.Join('|', JumpSearch.Find(targets, question).Select(target => target.Title)).ShouldBe(found);
    }

    [Fact]
    public void Jump_ArrowsAndEnter_GoThere()
    {
        kit.Services.AddSingleton(new PageCatalog([typeof(RunnersPage), typeof(TagsPage)]));
        var box = kit.Render<JumpBox>();
        kit.Services.GetRequiredService<JumpState>().Open();

        box.Find("[role=dialog]").KeyDown("ArrowDown");
        box.Find("[role=dialog]").KeyDown("Enter");

        kit.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/tags");
        box.FindAll("[role=dialog]").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Mara Lindqvist", "ML")]
    [InlineData("root", "R")]
    [InlineData("Ana Maria da Silva", "AS")]
    [InlineData("  ", "?")]
    public void Initials_AreFirstAndLast(string name, string letters) => AppHeader.Initials(name).ShouldBe(letters);

    [Theory]
    [InlineData("my-projects", "My projects")]
    [InlineData("my-groups", "My groups")]
    [InlineData("help/12", "Help")]
    [InlineData("helpers", "MigrationPortal")]
    [InlineData("readiness/rules", "MigrationPortal")]
    public void Header_OfMaintainers_NamesThePageOnAPhone(string page, string name) => AppHeader.NameOf(page).ShouldBe(name);

    [Fact]
    public async Task Confirm_TypedWordAndReason_AreWaitedFor()
    {
        var provider = kit.Render<MudDialogProvider>();
        var asked = provider.InvokeAsync(() => kit.Services.GetRequiredService<IDialogService>()
            .ConfirmAsync(new ConfirmRequest("Delete 2 runners?", "Delete 2 runners") { Danger = true, ReasonRequired = true, Type = "legacy-08" }));
        bool Forbidden() => provider.Find(".btn.D").HasAttribute("disabled");

        Forbidden().ShouldBeTrue();
        await provider.Find("input.field").InputAsync("legacy-0");
        await provider.Find("textarea").InputAsync("  drained  ");
        Forbidden().ShouldBeTrue();
        await provider.Find("input.field").InputAsync("legacy-08");
        Forbidden().ShouldBeFalse();
        await provider.Find(".btn.D").ClickAsync();

        (await asked).ShouldBe(new Confirmed("drained"));
    }

    [Fact]
    public async Task Confirm_Day_MustLieWithinWhatIsAsked()
    {
        var provider = kit.Render<MudDialogProvider>();
        var asked = provider.InvokeAsync(() => kit.Services.GetRequiredService<IDialogService>()
            .ConfirmAsync(new ConfirmRequest("More time?", "Ask for it") { Day = new AskedDay("Until", new DateOnly(2026, 12, 1), new DateOnly(2027, 12, 1), new DateOnly(2027, 1, 15)) }));
        bool Forbidden() => provider.Find(".btn.p").HasAttribute("disabled");

        provider.Find("input[type=date]").GetAttribute("value").ShouldBe("2027-01-15");
        foreach (var wrong in (string[])["2026-11-30", "2027-12-02", ""])
        {
            await provider.Find("input[type=date]").InputAsync(wrong);
            Forbidden().ShouldBeTrue(wrong);
            provider.Find("[role=alert]").TextContent.ShouldBe("From 1 Dec 2026 to 1 Dec 2027.");
        }

        await provider.Find("input[type=date]").InputAsync("2026-12-10");
        Forbidden().ShouldBeFalse();
        await provider.Find(".btn.p").ClickAsync();

        (await asked).ShouldBe(new Confirmed("") { Day = new DateOnly(2026, 12, 10) });
    }

    [Fact]
    public async Task Confirm_Back_IsNoConfirmation()
    {
        var provider = kit.Render<MudDialogProvider>();
        var asked = provider.InvokeAsync(() => kit.Services.GetRequiredService<IDialogService>().ConfirmAsync(new ConfirmRequest("Apply plan 41?", "Apply 6 changes")));
        await provider.Find(".btn.q").ClickAsync();

        (await asked).ShouldBeNull();
    }

    public async ValueTask DisposeAsync() => await kit.DisposeAsync();

    [Route("/runners")]
    private sealed class RunnersPage;

    [Route("/tags")]
    private sealed class TagsPage;
}
