using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// A group owner sees everything that a variable of theirs touches, sets aside what is in the way, moves the group and takes it
/// back, in a real browser; where the jobs ran is the simulated GitLab's own truth.
/// </summary>
public sealed class GroupStory(World world, ChromiumFixture chromium) : BrowserStory(world, chromium), IClassFixture<World>
{
    private const string Variable = "RUNNER_TAG";

    private readonly Automation _automation = new(world, TestContext.Current.CancellationToken);
    private readonly HttpClient _gitLab = new() { BaseAddress = new Uri(world.Simulator.Address, "api/v4/"), DefaultRequestHeaders = { { "PRIVATE-TOKEN", world.AdminToken } } };

    [Fact]
    public async Task Owner_SetsAsideWhatIsInTheWay_MovesTheGroup_AndTakesItBack()
    {
        await _automation.CaughtUpAsync();
        await _automation.ConfirmRolesAsync();
        await _automation.RunAsync(Automation.Phase("opt-in"));
        var group = (await World.Api.GetAsync("groups?q=web"))["items"]!.AsArray().Single(one => one!["fullPath"]!.GetValue<string>() == "web")!["id"]!.GetValue<long>();
        var projects = new List<(long Id, string Branch, string Path)>();
        foreach (var one in (await World.Api.GetAsync($"groups/{group}"))["items"]!.AsArray())
        {
            var project = (await GitLabAsync($"projects/{one!["id"]}"))!;
            if (string.IsNullOrEmpty(project["ci_config_path"]?.GetValue<string>())) projects.Add((project["id"]!.GetValue<long>(), project["default_branch"]!.GetValue<string>(), project["path_with_namespace"]!.GetValue<string>()));
        }

        projects.Count.ShouldBeGreaterThanOrEqualTo(2);
        var (ready, blocked) = (projects[0], projects[1]);
        await WriteAsync(ready, "build:\n  tags: [$RUNNER_TAG]\n  script: [make]\n");
        await WriteAsync(blocked, "net:\n  tags: [$RUNNER_TAG]\n  script: [ping -c1 db.example.org]\n");
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
        (await GitLabAsync($"groups/{group}/variables/{Variable}"))!["value"]!.GetValue<string>().ShouldBe("k8s-default");

        (await RanOnAsync(ready)).ShouldBe("kubernetes");
        (await RanOnAsync(blocked)).ShouldNotBe("kubernetes");
        (await World.Api.GetAsync($"projects/{ready.Id}/enrollment"))["kind"]!.GetValue<string>().ShouldBe("carried");

        await Page.ReloadAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = $"Take {Variable} of web back" }).ClickAsync();
        await ConfirmAsync();
        await Assertions.Expect(Page.GetByText($"{Variable} of web is as it was before.")).ToBeVisibleAsync();
        (await _gitLab.GetAsync(new Uri($"groups/{group}/variables/{Variable}", UriKind.Relative), Cancellation)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await RanOnAsync(ready)).ShouldNotBe("kubernetes");
        PageErrors.ShouldBeEmpty();
        _gitLab.Dispose();
    }

    private async Task PinAsync()
    {
        await Page.Locator(".preview .btn.p", new() { HasText = "on docker first" }).ClickAsync();
        await Page.Locator(".mud-dialog textarea").FillAsync("not ready yet");
        await ConfirmAsync();
    }

    private Task ConfirmAsync() => Page.Locator(".mud-dialog .btn.p").ClickAsync();

    private async Task<JsonNode?> GitLabAsync(string path) => JsonNode.Parse(await _gitLab.GetStringAsync(new Uri(path, UriKind.Relative), Cancellation));

    private async Task WriteAsync((long Id, string Branch, string Path) project, string text)
    {
        var answer = await _gitLab.PostAsJsonAsync($"projects/{project.Id}/repository/commits", new { branch = project.Branch, commit_message = "CI", actions = new[] { new { action = "update", file_path = ".gitlab-ci.yml", content = text } } }, Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Runs a pipeline and says on which executor its one job ran.</summary>
    private async Task<string?> RanOnAsync((long Id, string Branch, string Path) project)
    {
        var before = await World.Control.NowAsync(Cancellation);
        (await _gitLab.PostAsJsonAsync($"projects/{project.Id}/pipeline", new { @ref = project.Branch }, Cancellation)).EnsureSuccessStatusCode();
        await World.Control.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        return (await World.Control.JobsAsync(Cancellation)).Where(job => job.ProjectId == project.Id && job.CreatedAt >= before && job.Executor is not null).OrderBy(job => job.Id).Last().Executor;
    }
}
