using System.Globalization;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// A maintainer who never asked for this tries Kubernetes from their own page and goes back, in a real browser: GitLab's second
/// question, the merge request, the jobs that ran there, and the file as it was.
/// </summary>
public sealed class MoveStory(World world, ChromiumFixture chromium) : GitLabStory(world, chromium), IClassFixture<World>
{
    private const string File = ".gitlab-ci.yml";

    [Fact]
    public async Task Maintainer_TriesKubernetes_AndGoesBack_ByTheirOwnClicks()
    {
        var path = await FirstToTryAsync("sanjay");
        var project = (await World.Api.GetAsync($"projects?q={path}"))["items"]!.AsArray().First(one => one!["fullPath"]!.GetValue<string>() == path)!["id"]!.GetValue<long>();
        var before = await FileAsync(project);

        // The first click leads to GitLab's own question, the second does it.
        await TryAsync(path);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).ClickAsync();
        await Page.WaitForURLAsync("**/my-projects**");
        await TryAsync(path);
        await Assertions.Expect(Page.GetByText("The merge request is open.")).ToBeVisibleAsync();
        (await FileAsync(project)).ShouldBe(before);

        await MergeAsync(project);
        await StateAsync(project, "moved");
        (await FileAsync(project)).ShouldContain("k8s-default");
        await Page.ReloadAsync();
        await Assertions.Expect(Card(path).GetByText("It asks for Kubernetes now.")).ToBeVisibleAsync();

        await Card(path).GetByRole(AriaRole.Button, new() { Name = "Go back to docker" }).ClickAsync();
        await ConfirmAsync();
        await Assertions.Expect(Page.GetByText("A merge request that takes the change out is open")).ToBeVisibleAsync();
        await MergeAsync(project);
        await StateAsync(project, "returned");
        (await FileAsync(project)).ShouldBe(before);
        await ChooseAllAsync();
        PageErrors.ShouldBeEmpty();
    }

    /// <summary>All that can change, with one click and one question; each has its own answer and its own merge request.</summary>
    private async Task ChooseAllAsync()
    {
        await Page.ReloadAsync();
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Choose all ") }).ClickAsync();
        var bar = Page.GetByRole(AriaRole.Region, new() { Name = "Chosen projects" });
        await Assertions.Expect(bar).ToContainTextAsync("projects chosen");
        var chosen = await Page.GetByRole(AriaRole.Checkbox, new() { Checked = true }).CountAsync();
        chosen.ShouldBeGreaterThan(1);
        (await bar.InnerTextAsync()).ShouldContain($"{chosen}\u00a0projects chosen");
        var ids = System.Web.HttpUtility.ParseQueryString(new Uri(Page.Url).Query)["chosen"]!.Split(',');
        ids.Length.ShouldBe(chosen);
        var button = bar.Locator(".btn.p");
        var tried = int.Parse((await button.InnerTextAsync()).Replace("Try ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        await button.ClickAsync();
        await Assertions.Expect(Page.Locator(".mud-dialog")).ToContainTextAsync("in your name");
        await ConfirmAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = $"{tried} of {tried}\u00a0projects done" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        (await Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Open the merge request of ") }).CountAsync()).ShouldBe(tried);
        var opened = 0;
        foreach (var id in ids)
            opened += (await GitLabAsync($"projects/{id}/merge_requests?state=opened")).AsArray().Count(one => one!["author"]!["username"]!.GetValue<string>() == "sanjay");
        opened.ShouldBe(tried);
        await Assertions.Expect(bar).ToHaveCountAsync(tried == chosen ? 0 : 1);
    }

    private ILocator Card(string path) => Page.Locator(".card", new() { HasText = path }).First;

    private async Task TryAsync(string path)
    {
        await Card(path).Locator(".btn.p", new() { HasText = "Try it with" }).ClickAsync();
        await ConfirmAsync();
    }

    private Task<string> FileAsync(long project) => GitLab.GetStringAsync($"projects/{project}/repository/files/{File}/raw?ref=HEAD", Cancellation);

    private async Task StateAsync(long project, string state)
    {
        await World.Control.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        await Eventually.BeAsync(async () => (await World.Api.GetAsync($"projects/{project}/enrollment"))["state"]?.GetValue<string>(), seen => seen == state, Cancellation, TimeSpan.FromMinutes(2));
    }
}
