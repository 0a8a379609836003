using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// A group owner sees everything that a variable of theirs touches, sets aside what is in the way, moves the group and takes it
/// back, in a real browser; where the jobs ran is the simulated GitLab's own truth.
/// </summary>
public sealed class GroupStory(World world, ChromiumFixture chromium) : GitLabStory(world, chromium), IClassFixture<World>
{
    private const string Variable = "RUNNER_TAG";

    [Fact]
    public async Task Owner_SetsAsideWhatIsInTheWay_MovesTheGroup_AndTakesItBack()
    {
        await Automation.CaughtUpAsync();
        await Automation.ConfirmRolesAsync();
        await Automation.RunAsync(Automation.Phase("opt-in"));
        var group = (await World.Api.GetAsync("groups?q=web"))["items"]!.AsArray().Single(one => one!["fullPath"]!.GetValue<string>() == "web")!["id"]!.GetValue<long>();
        var projects = new List<(long Id, string Branch, string Path)>();
        foreach (var one in (await World.Api.GetAsync($"groups/{group}"))["items"]!.AsArray())
        {
            var project = await GitLabAsync($"projects/{one!["id"]}");
            if (string.IsNullOrEmpty(project["ci_config_path"]?.GetValue<string>())) projects.Add((project["id"]!.GetValue<long>(), project["default_branch"]!.GetValue<string>(), project["path_with_namespace"]!.GetValue<string>()));
        }

        projects.Count.ShouldBeGreaterThanOrEqualTo(2);
        var (ready, blocked) = (projects[0], projects[1]);
        await WriteAsync(ready.Id, ready.Branch, "update", ".gitlab-ci.yml", "build:\n  tags: [$RUNNER_TAG]\n  script: [make]\n");
        await WriteAsync(blocked.Id, blocked.Branch, "update", ".gitlab-ci.yml", "net:\n  tags: [$RUNNER_TAG]\n  script: [ping -c1 db.example.org]\n");
        await World.Control.AdvanceAsync(TimeSpan.FromMinutes(6), Cancellation);
        foreach (var one in projects) await World.Api.PostAsync($"projects/{one.Id}/readiness/scan", new { });

        await Page.SignInAsync("elena");
        await Page.GetByRole(AriaRole.Link, new() { Name = "My groups" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = $"See what {Variable} touches" }).First.ClickAsync();
        await Assertions.Expect(Page.GetByText("in the way", new() { Exact = false }).First).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator(".way")).ToContainTextAsync($"{blocked.Path}: net will not work on Kubernetes");

        // The first click leads to GitLab's own question, the second does it.
        await PinAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).ClickAsync();
        await Page.WaitForURLAsync("**/my-groups**");
        await PinAsync();
        await Assertions.Expect(Page.GetByText("on docker. Look at the group again.")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Move the group" }).ClickAsync();
        await ConfirmAsync();
        await Assertions.Expect(Page.GetByText($"{Variable} of web is set.")).ToBeVisibleAsync();
        (await GitLabAsync($"groups/{group}/variables/{Variable}"))["value"]!.GetValue<string>().ShouldBe("k8s-default");

        (await RanOnAsync(ready.Id, ready.Branch)).ShouldBe("kubernetes");
        (await RanOnAsync(blocked.Id, blocked.Branch)).ShouldNotBe("kubernetes");
        (await World.Api.GetAsync($"projects/{ready.Id}/enrollment"))["kind"]!.GetValue<string>().ShouldBe("carried");

        await Page.ReloadAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = $"Take {Variable} of web back" }).ClickAsync();
        await ConfirmAsync();
        await Assertions.Expect(Page.GetByText($"{Variable} of web is as it was before.")).ToBeVisibleAsync();
        (await GitLab.GetAsync(new Uri($"groups/{group}/variables/{Variable}", UriKind.Relative), Cancellation)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await RanOnAsync(ready.Id, ready.Branch)).ShouldNotBe("kubernetes");
        PageErrors.ShouldBeEmpty();
    }

    private async Task PinAsync()
    {
        await Page.Locator(".preview .btn.p", new() { HasText = "on docker first" }).ClickAsync();
        await Page.Locator(".mud-dialog textarea").FillAsync("not ready yet");
        await ConfirmAsync();
    }
}
