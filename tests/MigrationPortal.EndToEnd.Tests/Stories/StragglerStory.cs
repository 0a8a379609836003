using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// A release branch is still on docker after everything else has left: an administrator sees in a real browser who would be asked,
/// asks, and its maintainer finds the merge request on their card; what ran where is the simulated GitLab's own truth.
/// </summary>
public sealed class StragglerStory(World world, ChromiumFixture chromium) : GitLabStory(world, chromium), IClassFixture<World>
{
    private const string Release = "release/1";
    private const string File = ".gitlab-ci.yml";
    private const string Text = "# ours\nbuild:\n  tags: [docker-fallback]   # as ever\n  script: [make]\n";

    [Fact]
    public async Task ReleaseBranch_IsAskedAbout_AndLeavesByItsOwnMergeRequest()
    {
        await Automation.CaughtUpAsync();
        await Automation.ConfirmRolesAsync();
        await World.Api.PutAsync("phases/prepare/policy", new { fallbackTag = "docker-fallback" });
        foreach (var phase in (string[])["opt-in", "untagged-takeover", "docker-fallback"]) await Automation.RunAsync(Automation.Phase(phase));
        var (project, path, branch) = await MineAsync();
        await WriteAsync(project, branch, "update", File, "build:\n  script: [make]\n");
        await ReleaseAsync(project, branch);
        (await RanOnAsync(project, Release)).ShouldBeOneOf("docker", "docker+machine");
        await Eventually.BeAsync(
            async () =>
            {
                await World.Control.AdvanceAsync(TimeSpan.FromMinutes(30), Cancellation);
                return (await World.Api.GetAsync($"insights/stragglers?by=ref&ref={Uri.EscapeDataString(Release)}"))["points"]!.AsArray().Select(point => point!["projectId"]!.GetValue<long>()).ToList();
            },
            seen => seen.Contains(project), Cancellation, TimeSpan.FromMinutes(2));

        await Page.SignInAsync();
        await Page.GotoAsync("/stragglers/campaign?new=1");
        await Page.GetByLabel("Only with this in the path").FillAsync(path);
        await Page.GetByLabel("Why, for the trail").FillAsync("docker ends in spring");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Show what it would do" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".preview")).ToContainTextAsync($"{Release}: a merge request for 1");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ask the people of" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("are asked within the next minutes.")).ToBeVisibleAsync();

        await Eventually.BeAsync(
            async () =>
            {
                await World.Control.AdvanceAsync(TimeSpan.FromMinutes(10), Cancellation);
                return (await World.Api.AllAsync("stragglers/campaign")).Single()["stage"]!.GetValue<string>();
            },
            stage => stage == "asked", Cancellation, TimeSpan.FromMinutes(2));
        await Page.GotoAsync("/stragglers/campaign");
        await Assertions.Expect(Page.Locator("tbody tr")).ToContainTextAsync("waits for a merge");

        await Page.Context.ClearCookiesAsync();
        await Page.SignInAsync("sanjay");
        await Page.GotoAsync($"/my-projects?project={project}&q={path}");
        var note = Page.Locator("[role=note]", new() { HasText = "These jobs still run on docker" });
        await Assertions.Expect(note).ToContainTextAsync(Release);
        await Assertions.Expect(note.GetByRole(AriaRole.Link)).ToContainTextAsync("look at merge request");
        await Page.SetViewportSizeAsync(390, 844);
        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);

        await MergeAsync(project);
        (await RanOnAsync(project, Release)).ShouldBe("kubernetes");
        (await GitLab.GetStringAsync($"projects/{project}/repository/files/{File}/raw?ref={Uri.EscapeDataString(Release)}", Cancellation)).ShouldBe(Text.Replace("docker-fallback", "k8s-default", StringComparison.Ordinal));
        PageErrors.ShouldBeEmpty();
    }

    private async Task ReleaseAsync(long project, string from)
    {
        using var answer = await GitLab.PostAsJsonAsync(
            $"projects/{project}/repository/commits", new { branch = Release, start_branch = from, commit_message = "Release", actions = new[] { new { action = "update", file_path = File, content = Text } } }, Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>One that sanjay maintains, its CI file where usual.</summary>
    private async Task<(long Id, string Path, string Branch)> MineAsync()
    {
        var token = (await World.Control.UsersAsync(Cancellation)).Single(one => one.Username == "sanjay").Token;
        using var asking = new HttpRequestMessage(HttpMethod.Get, new Uri("projects?membership=true&min_access_level=40&archived=false&per_page=100", UriKind.Relative)) { Headers = { { "PRIVATE-TOKEN", token } } };
        using var http = new HttpClient { BaseAddress = GitLab.BaseAddress };
        var one = JsonNode.Parse(await (await http.SendAsync(asking, Cancellation)).Content.ReadAsStringAsync(Cancellation))!.AsArray().OfType<JsonNode>()
            .First(one => one["shared_runners_enabled"]?.GetValue<bool>() == true && one["default_branch"] is not null && string.IsNullOrEmpty(one["ci_config_path"]?.GetValue<string>()));
        return (one["id"]!.GetValue<long>(), one["path_with_namespace"]!.GetValue<string>(), one["default_branch"]!.GetValue<string>());
    }
}
