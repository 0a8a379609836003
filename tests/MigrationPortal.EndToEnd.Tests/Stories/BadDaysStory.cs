using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// What the portal needs is away for a while: /health/ready and the page that was open say which and why, it recovers by
/// itself, and afterwards its jobs are the world's.
/// </summary>
public sealed class BadDaysStory(World world, ChromiumFixture chromium) : BrowserStory(world, chromium), IClassFixture<World>
{
    private readonly Automation _automation = new(world, Cancellation);

    [Fact]
    public async Task GitLabGone_IsSaid_AndComesBack()
    {
        await OpenAsync();
        await World.Simulator.KillAsync();
        await SaidAsync("does not answer (no connection)", "GitLab does not answer.");
        await World.Simulator.StartAsync(Cancellation);
        await WellAgainAsync();
    }

    [Fact]
    public async Task HtmlInsteadOfJson_IsSaid_AndEnds()
    {
        await OpenAsync();
        await World.Control.FaultAsync(new { kind = "html", path = "/api/*" }, Cancellation);
        await LiveOnAsync();
        await SaidAsync("answers text/html (200) where GitLab's API answers JSON", "GitLab does not answer.");
        await World.Control.ClearFaultsAsync(Cancellation);
        await WellAgainAsync();
    }

    [Fact]
    public async Task ReadTokenRevoked_IsSaid_AndRestored()
    {
        await OpenAsync();
        await World.Control.TokenAsync("read", "revoke", Cancellation);
        await LiveOnAsync();
        await SaidAsync("Portal:GitLab:Instances:0:ReadToken is not accepted by GitLab", "GitLab refuses the read token.");
        await World.Control.TokenAsync("read", "restore", Cancellation);
        await WellAgainAsync();
    }

    [Fact]
    public async Task DatabaseAway_IsSaidOnOpenAndNewPages_AndComesBack()
    {
        await OpenAsync();
        World.Link.Cut();
        var another = await Page.Context.NewPageAsync();
        try
        {
            await SaidAsync("The database does not answer", "The portal cannot use its database.");
            (await another.GotoAsync("/"))!.Status.ShouldBe(503);
            (await another.InnerTextAsync("main")).ShouldContain("The database does not answer");
        }
        finally
        {
            World.Link.Mend();
        }

        // It asks again by itself.
        await Assertions.Expect(another.Locator("nav.side")).ToBeVisibleAsync();
        await WellAgainAsync();
    }

    [Fact]
    public async Task DiskFull_IsSaid_AndEnds()
    {
        await OpenAsync();
        await World.SqlAsync("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$; CREATE TRIGGER full_disk BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION full_disk()");
        await LiveOnAsync();
        await SaidAsync("The database's disk is full", "The portal cannot use its database.");
        await World.SqlAsync("DROP TRIGGER full_disk ON jobs; DROP FUNCTION full_disk()");
        await WellAgainAsync();
    }

    private async Task OpenAsync()
    {
        await _automation.CaughtUpAsync();
        await Page.SignInAsync();
        await Assertions.Expect(Page.Locator("h1")).ToContainTextAsync("Kubernetes runs");
    }

    private Task LiveOnAsync() => World.Control.AdvanceAsync(TimeSpan.FromMinutes(5), Cancellation);

    private async Task SaidAsync(string reason, string onScreen)
    {
        await Eventually.BeAsync(ReadyAsync, ready => ready.Contains("not-ready", StringComparison.Ordinal) && ready.Contains(reason, StringComparison.Ordinal), Cancellation);
        var banner = Page.Locator("main > .banner").First;
        await Assertions.Expect(banner).ToContainTextAsync(onScreen);
        await Assertions.Expect(banner).ToContainTextAsync(reason);
    }

    private async Task WellAgainAsync()
    {
        await Eventually.BeAsync(ReadyAsync, ready => ready.StartsWith("{\"status\":\"ready", StringComparison.Ordinal), Cancellation);
        await LiveOnAsync();
        await _automation.CaughtUpAsync();
        await Assertions.Expect(Page.Locator("main .banner")).ToHaveCountAsync(0, new() { Timeout = 40_000 });
    }

    private async Task<string> ReadyAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(World.Portal.Address, "health/ready"), Cancellation);
        return Regex.Unescape(await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
