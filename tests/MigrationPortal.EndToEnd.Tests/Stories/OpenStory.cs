using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>The first look: the programs are up, a stranger is led to sign-in, an administrator comes in.</summary>
public sealed class OpenStory(World world, ChromiumFixture chromium) : BrowserStory(world, chromium), IClassFixture<World>
{
    [Fact]
    public async Task HealthLive_NobodySignedIn_Answers()
    {
        using var http = new HttpClient();

        var answer = await http.GetAsync(new Uri(World.Portal.Address, "health/live"), Cancellation);

        answer.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task FrontPage_NobodySignedIn_LeadsToSignIn()
    {
        var answer = await Page.GotoAsync("/");

        answer!.Ok.ShouldBeTrue();
        new Uri(Page.Url).AbsolutePath.ShouldBe("/account/sign-in");
        (await Page.TitleAsync()).ShouldContain("MigrationPortal");
        PageErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task SignIn_AnAdministratorOfGitLab_ComesBackSignedIn()
    {
        await Page.SignInAsync();

        var session = await Page.Context.CookiesAsync([World.Portal.Address.ToString()]);
        session.ShouldContain(cookie => cookie.HttpOnly);
        new Uri(Page.Url).AbsolutePath.ShouldBe("/");
    }

    [Fact]
    public async Task SignIn_NoAdministrator_SeesTheirProjects_AndCanLeave()
    {
        await Page.SignInAsync("jun");
        new Uri(Page.Url).AbsolutePath.ShouldBe("/my-projects");

        await Page.GetByLabel("Signed in as Jun Park").ClickAsync();
        await Page.GetByText("Sign out").ClickAsync();
        await Page.Locator("form[action='account/sign-out'] button").ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("sign-out", StringComparison.Ordinal));
        await Page.GotoAsync("/my-projects");

        new Uri(Page.Url).AbsolutePath.ShouldBe("/account/sign-in");
    }

    [Fact]
    public async Task NoAdministrator_WhoFollowsTheLogo_IsShownNothingOfTheAdministrators()
    {
        await Page.SignInAsync("jun");
        await Page.Locator("a.logo").ClickAsync();
        await Assertions.Expect(Page.Locator("h1, h2").Filter(new() { HasText = "My projects" }).Or(Page.GetByText("a right that you do not have"))).ToBeVisibleAsync();

        await Assertions.Expect(Page.GetByLabel("Signed in as Jun Park")).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByText("Automation")).ToHaveCountAsync(0);
        await Assertions.Expect(Page.Locator("nav.side")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task SignedOutInAnotherTab_TheOpenPageGoes()
    {
        await Page.SignInAsync();
        await Assertions.Expect(Page.Locator("nav.side")).ToBeVisibleAsync();
        var another = await Page.Context.NewPageAsync();
        await another.GotoAsync("/account/sign-out");
        await another.Locator("form[action='account/sign-out'] button").ClickAsync();

        await Assertions.Expect(Page.GetByText("Sign in to go on.")).ToBeVisibleAsync(new() { Timeout = 40_000 });
        await Assertions.Expect(Page.GetByText("Automation")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task JumpBox_KeepsWhatIsTypedFast_AndGoesThere()
    {
        await Page.SignInAsync();
        await Assertions.Expect(Page.Locator("nav.side")).ToBeVisibleAsync();
        var box = Page.Locator("#jump-question");
        await Eventually.BeAsync(
            async () =>
            {
                await Page.Keyboard.PressAsync("Control+k");
                return await box.IsVisibleAsync();
            },
            isOpen => isOpen, Cancellation);
        await Assertions.Expect(box).ToBeFocusedAsync();

        await Page.Keyboard.TypeAsync("connections connections connections");

        await Assertions.Expect(box).ToHaveValueAsync("connections connections connections");
        await Assertions.Expect(Page.Locator("#jump-found [role=option]")).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("2 GitLab instances answer");
    }

    [Fact]
    public async Task EveryEntryOfTheMenu_AndThePagesBehindIt_Open()
    {
        await Page.SignInAsync();
        var entries = Page.Locator("nav.side a");
        await Assertions.Expect(entries.First).ToBeVisibleAsync();
        var menu = await entries.EvaluateAllAsync<string[]>("links => links.map(link => link.pathname)");
        foreach (var shown in (string[])["/gates", "/calendar", "/activity", "/notifications"]) menu.ShouldContain(shown);

        foreach (var path in (string[])[.. menu, "/gates/guard", "/gates?gate=external", "/evacuate", "/runners/unmanaged", "/runners/questions", "/jobs"])
        {
            await Page.GotoAsync(path);
            await Assertions.Expect(Page.Locator("main h1")).ToBeVisibleAsync();
            await Assertions.Expect(Page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);
            (await Page.GetByText("could not be read").CountAsync()).ShouldBe(0, path);
        }

        PageErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnAddressThatLeadsNowhere_SaysSo()
    {
        await Page.SignInAsync("jun");

        (await Page.GotoAsync("/no-such-page"))!.Status.ShouldBe(404);
        (await Page.InnerTextAsync("main")).ShouldContain("There is no such page");
    }

    [Fact]
    public async Task SignIn_ThenThePortalIsKilledAndStarts_StaysSignedIn()
    {
        await Page.SignInAsync();

        await World.Portal.KillAsync();
        await World.Portal.StartAsync(Cancellation);
        await Page.GotoAsync("/");

        new Uri(Page.Url).AbsolutePath.ShouldBe("/");
    }
}
