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
    public async Task SignIn_ThenThePortalIsKilledAndStarts_StaysSignedIn()
    {
        await Page.SignInAsync();

        await World.Portal.KillAsync();
        await World.Portal.StartAsync(Cancellation);
        await Page.GotoAsync("/");

        new Uri(Page.Url).AbsolutePath.ShouldBe("/");
    }
}
