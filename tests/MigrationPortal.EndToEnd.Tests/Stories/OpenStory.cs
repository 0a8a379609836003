using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>The first look: the programs are up, and the portal shows something to someone who is not signed in.</summary>
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
    public async Task FrontPage_NobodySignedIn_OpensWithoutAnyScriptError()
    {
        var answer = await Page.GotoAsync("/");

        answer!.Ok.ShouldBeTrue();
        (await Page.TitleAsync()).ShouldContain("MigrationPortal");
        PageErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task FrontPage_AfterTheProcessWasKilled_OpensAgain()
    {
        await World.Portal.KillAsync();
        await World.Portal.StartAsync(Cancellation);

        var answer = await Page.GotoAsync("/");

        answer!.Ok.ShouldBeTrue();
    }
}
