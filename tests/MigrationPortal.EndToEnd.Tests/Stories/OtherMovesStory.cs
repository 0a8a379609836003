using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// Two more maintainers, each by their own clicks in a real browser: one whose project moves by a variable, one whose project
/// moves as a whole by the runner pair that an administrator named. Both go back, and GitLab shows what it showed before.
/// </summary>
public sealed class OtherMovesStory(World world, ChromiumFixture chromium) : GitLabStory(world, chromium), IClassFixture<World>
{
    [Fact]
    public async Task Maintainer_MovesByTheVariable_AndGoesBack()
    {
        await OptInAsync();
        var mine = await OwnAsync(skip: 0, "default:\n  tags: [$RUNNER_TAG]\nbuild:\n  script: [make]\ntest:\n  script: [make test]\n");

        await TryAsync(mine, 2);
        (await GitLabAsync($"projects/{mine.Project}/variables/RUNNER_TAG"))["value"]!.GetValue<string>().ShouldBe("k8s-default");
        (await ExecutorsAsync(mine)).ShouldBe(["kubernetes"]);

        await BackAsync(mine);
        (await GitLab.GetAsync(new Uri($"projects/{mine.Project}/variables/RUNNER_TAG", UriKind.Relative), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        PageErrors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Maintainer_MovesByTheRunnerPair_AndGoesBack()
    {
        await OptInAsync();
        var mine = await OwnAsync(skip: 1, "build:\n  tags: [of-our-own]\n  script: [make]\ntest:\n  tags: [of-our-own]\n  script: [make test]\n");
        var before = await StandsAsync(mine);
        var (kubernetes, _) = await PairAsync(mine);

        await TryAsync(mine, 2);
        // Runners of its groups are off as well where they would take the same jobs.
        var moved = await StandsAsync(mine);
        (moved.Instance, moved.Runners).ShouldBe((false, $"{before.Runners} {kubernetes}".Trim()));
        (await ExecutorsAsync(mine)).ShouldBe(["kubernetes"]);

        await BackAsync(mine);
        (await StandsAsync(mine)).ShouldBe(before);
        PageErrors.ShouldBeEmpty();
    }

    private async Task OptInAsync()
    {
        await Automation.CaughtUpAsync();
        await Automation.ConfirmRolesAsync();
        await Automation.RunAsync(Automation.Phase("opt-in"));
    }

    /// <summary>A project of somebody who is no administrator, with a CI file of its own from now on.</summary>
    private async Task<Own> OwnAsync(int skip, string file)
    {
        var people = (await World.Control.UsersAsync(Cancellation)).Where(one => !one.IsAdmin).ToList();
        var found = new List<Own>();
        foreach (var (username, token, _) in people)
        {
            using var asking = new HttpRequestMessage(HttpMethod.Get, new Uri("projects?membership=true&min_access_level=40&archived=false&per_page=100", UriKind.Relative)) { Headers = { { "PRIVATE-TOKEN", token } } };
            using var http = new HttpClient { BaseAddress = GitLab.BaseAddress };
            var own = await (await http.SendAsync(asking, Cancellation)).Content.ReadFromJsonAsync<JsonArray>(Cancellation);
            var fit = own!.OfType<JsonNode>().FirstOrDefault(one => one["shared_runners_enabled"]?.GetValue<bool>() == true && one["default_branch"] is not null && string.IsNullOrEmpty(one["ci_config_path"]?.GetValue<string>())
                && found.All(other => other.Project != one["id"]!.GetValue<long>()));
            if (fit is not null) found.Add(new Own(username, fit["id"]!.GetValue<long>(), fit["path_with_namespace"]!.GetValue<string>(), fit["default_branch"]!.GetValue<string>()));
            if (found.Count > skip) break;
        }

        var mine = found[skip];
        using var written = await GitLab.PutAsJsonAsync($"projects/{mine.Project}/repository/files/.gitlab-ci.yml", new { branch = mine.Branch, content = file, commit_message = "CI" }, Cancellation);
        written.EnsureSuccessStatusCode();
        return mine;
    }

    /// <summary>Two project runners of the administrators, with every tag that the project's jobs asked for; named in the browser.</summary>
    private async Task<(long Kubernetes, long Docker)> PairAsync(Own mine)
    {
        var asked = (await GitLabAsync($"projects/{mine.Project}/jobs?per_page=100")).AsArray().SelectMany(job => job!["tag_list"]!.AsArray()).Select(tag => tag!.GetValue<string>()).Append("of-our-own").Distinct().ToList();
        var owner = (await GitLabAsync("projects?per_page=100")).AsArray().Select(one => one!["id"]!.GetValue<long>()).First(id => id != mine.Project);
        var made = new List<long>();
        foreach (var (name, executor) in new[] { ("pair-kubernetes", "kubernetes"), ("pair-docker", "docker") })
        {
            using var answer = await GitLab.PostAsJsonAsync("user/runners", new { runner_type = "project_type", project_id = owner, description = name, locked = false, run_untagged = true, tag_list = asked }, Cancellation);
            var id = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["id"]!.GetValue<long>();
            await World.Control.ActAsync(new { kind = "manager-connect", runnerId = id, executor, slots = 10 }, Cancellation);
            made.Add(id);
        }

        await World.Control.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        await Eventually.BeAsync(Automation.RunnersAsync, runners => made.TrueForAll(id => runners.Any(one => one["id"]!.GetValue<long>() == id)), Cancellation, TimeSpan.FromMinutes(1));
        await Page.SignInAsync();
        await Page.GotoAsync("/runners/pair");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Name this pair" }).ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "The runner pair is ready" })).ToBeVisibleAsync();
        await Page.Context.ClearCookiesAsync();
        return (made[0], made[1]);
    }

    // The first click leads to GitLab's own question, the second does it.
    private async Task TryAsync(Own mine, int jobs)
    {
        await Page.SignInAsync(mine.Username);
        await Page.GotoAsync($"/my-projects?project={mine.Project}&q={mine.Path}");
        await Card(mine).Locator(".acts button.btn.q").ClickAsync();
        for (var click = 1; click <= 2; click++)
        {
            await Card(mine).Locator(".btn.p", new() { HasText = $"Try it with {jobs}" }).ClickAsync();
            await ConfirmAsync();
            if (click > 1) continue;
            await Page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).ClickAsync();
            await Page.WaitForURLAsync("**/my-projects**");
        }

        await Assertions.Expect(Page.GetByText("Done. The next pipeline runs there.")).ToBeVisibleAsync();
    }

    private async Task BackAsync(Own mine)
    {
        await Card(mine).GetByRole(AriaRole.Button, new() { Name = "Go back to docker" }).ClickAsync();
        await ConfirmAsync();
        await Assertions.Expect(Page.GetByText($"{mine.Path} is as it was before.")).ToBeVisibleAsync();
    }

    /// <summary>What the jobs of a new pipeline really ran on, once the portal calls the move verified.</summary>
    private async Task<IReadOnlyList<string>> ExecutorsAsync(Own mine)
    {
        using var begun = await GitLab.PostAsJsonAsync($"projects/{mine.Project}/pipeline", new { @ref = mine.Branch }, Cancellation);
        var pipeline = (await begun.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["id"]!.GetValue<long>();
        await Eventually.BeAsync(async () =>
        {
            await World.Control.AdvanceAsync(TimeSpan.FromMinutes(10), Cancellation);
            return (await World.Api.GetAsync($"projects/{mine.Project}/enrollment"))["state"]?.GetValue<string>();
        }, state => state == "verified", Cancellation, TimeSpan.FromMinutes(2));
        var ids = (await GitLabAsync($"projects/{mine.Project}/pipelines/{pipeline}/jobs")).AsArray().Select(job => job!["id"]!.GetValue<long>()).ToHashSet();
        return [.. (await World.Control.JobsAsync(Cancellation)).Where(job => ids.Contains(job.Id) && job.Executor is not null).Select(job => job.Executor!).Distinct()];
    }

    private ILocator Card(Own mine) => Page.Locator(".card", new() { HasText = mine.Path }).First;

    private async Task<Standing> StandsAsync(Own mine)
    {
        var project = await GitLabAsync($"projects/{mine.Project}");
        var runners = (await GitLabAsync($"projects/{mine.Project}/runners?type=project_type&per_page=100")).AsArray().Select(one => one!["id"]!.GetValue<long>()).Order();
        return new(project["shared_runners_enabled"]!.GetValue<bool>(), project["group_runners_enabled"]!.GetValue<bool>(), string.Join(' ', runners));
    }

    private sealed record Own(string Username, long Project, string Path, string Branch);

    private sealed record Standing(bool Instance, bool Group, string Runners);
}
