using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// A maintainer asks for more time on their project's card, in a real browser; an administrator's takeover then moves a neighbour
/// and leaves that project where it is, by the simulated GitLab's own truth; on the day that was chosen the portal takes the
/// change out, once, and the file is to the byte what it was.
/// </summary>
public sealed class PinStory(World world, ChromiumFixture chromium) : GitLabStory(world, chromium), IClassFixture<World>
{
    private const string File = ".gitlab-ci.yml";
    private const string Text = "# ours\r\n.base: &base\r\n  script: [make]   # quick\r\n\r\nbuild:\r\n  <<: *base\r\ntest:\r\n  script:\r\n    - make test";

    [Fact]
    public async Task Maintainer_AsksForMoreTime_StaysThroughTheTakeover_AndFollowsWhenTheTimeIsOver()
    {
        await Automation.CaughtUpAsync();
        await Automation.ConfirmRolesAsync();
        await World.Api.PutAsync("phases/prepare/policy", new { fallbackTag = "docker-fallback" });
        await Automation.RunAsync(Automation.Phase("opt-in"));
        var (pinned, neighbour) = await TwoProjectsAsync();
        foreach (var project in (Project[])[pinned, neighbour])
        {
            await WriteAsync(project.Id, project.Branch, "update", File, Text);
            await World.Api.PostAsync($"projects/{project.Id}/readiness/scan", new { });
        }

        var until = await AskAsync(pinned);
        await HoldsAsync(pinned, until);

        await Page.Context.ClearCookiesAsync();
        await Page.SignInAsync();
        await Page.GotoAsync("/pins");
        await Assertions.Expect(Page.Locator(".pin", new() { HasText = pinned.Path })).ToContainTextAsync("held back");
        var began = await World.Control.NowAsync(Cancellation);
        var mara = new Admin(Page, World, Cancellation);
        for (string? step = ""; !step.StartsWith("Untagged takeover: Kubernetes 100 %, docker 0 %", StringComparison.Ordinal);)
        {
            step = await mara.StepAsync();
            step.ShouldNotBeNull();
            IsDocker(await RanOnAsync(pinned.Id, pinned.Branch)).ShouldBeTrue(step);
        }

        (await RanOnAsync(neighbour.Id, neighbour.Branch)).ShouldBe("kubernetes");
        var during = (await World.Control.JobsAsync(Cancellation)).Where(job => job.ProjectId == pinned.Id && job.CreatedAt >= began).ToList();
        during.ShouldAllBe(job => job.Tags.SequenceEqual(new[] { "docker-fallback" }) && job.UnservedSeconds == 0);
        during.Where(job => job.Executor is not null).ShouldAllBe(job => IsDocker(job.Executor));

        await EndsAsync(pinned, until);
        PageErrors.ShouldBeEmpty();
    }

    /// <summary>By the maintainer's clicks: the day, GitLab's own question, the merge request.</summary>
    /// <returns>The end that was chosen.</returns>
    private async Task<DateOnly> AskAsync(Project mine)
    {
        await Page.SignInAsync("sanjay");
        await Page.GotoAsync($"/my-projects?project={mine.Id}&q={mine.Path}");
        var until = DateOnly.FromDateTime((await World.Control.NowAsync(Cancellation)).UtcDateTime).AddDays(2);

        // The first click leads to GitLab's own question, the second does it.
        await ClickAsync(mine, until);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).ClickAsync();
        await Page.WaitForURLAsync("**/my-projects**");
        await ClickAsync(mine, until);
        await Assertions.Expect(Page.GetByText("The merge request is open.")).ToBeVisibleAsync();
        await Assertions.Expect(Card(mine)).ToContainTextAsync($"Once you merge, it stays on docker until {Shown(until)}.");
        (await RequestsAsync(mine, "opened")).ShouldHaveSingleItem()!["author"]!["username"]!.GetValue<string>().ShouldBe("sanjay");
        (await FileAsync(mine)).ShouldBe(Text);
        return until;
    }

    private async Task ClickAsync(Project mine, DateOnly until)
    {
        await Card(mine).GetByRole(AriaRole.Button, new() { Name = "Ask for more time" }).ClickAsync();
        await Page.Locator(".mud-dialog input[type=date]").FillAsync(until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await Page.Locator(".mud-dialog textarea").FillAsync("the release comes first");
        await ConfirmAsync();
    }

    /// <summary>Merged, and shown by a job that ran.</summary>
    private async Task HoldsAsync(Project mine, DateOnly until)
    {
        await MergeAsync(mine.Id);
        await StateAsync(mine, "moved");
        (await FileAsync(mine)).ShouldContain("tags: [docker-fallback]");
        (await PinAsync(mine))!["verified"]!.GetValue<bool>().ShouldBeFalse();
        IsDocker(await RanOnAsync(mine.Id, mine.Branch)).ShouldBeTrue();
        await StateAsync(mine, "verified");
        var pin = (await PinAsync(mine))!;
        pin["verified"]!.GetValue<bool>().ShouldBeTrue(pin.ToString());
        DateOnly.FromDateTime(pin["until"]!.GetValue<DateTimeOffset>().UtcDateTime).ShouldBe(until);
        await Page.ReloadAsync();
        await Assertions.Expect(Card(mine)).ToContainTextAsync($"It stays on docker until {Shown(until)}");
    }

    /// <summary>The portal's own merge request, and one alone, however often it looks.</summary>
    private async Task EndsAsync(Project mine, DateOnly until)
    {
        var end = new DateTimeOffset(until, new TimeOnly(23, 59), TimeSpan.Zero);
        (await RequestsAsync(mine, "opened")).ShouldBeEmpty();
        await World.Control.AdvanceAsync(end - await World.Control.NowAsync(Cancellation) + TimeSpan.FromMinutes(1), Cancellation);
        await Eventually.BeAsync(async () => (await RequestsAsync(mine, "opened")).Count, open => open == 1, Cancellation, TimeSpan.FromMinutes(2));
        for (var look = 0; look < 3; look++)
        {
            await World.Control.AdvanceAsync(TimeSpan.FromMinutes(6), Cancellation);
            await StateAsync(mine, "returning");
        }

        (await RequestsAsync(mine, "all")).Count.ShouldBe(2);
        (await PinAsync(mine)).ShouldBeNull();
        await MergeAsync(mine.Id);
        await StateAsync(mine, "returned");
        (await FileAsync(mine)).ShouldBe(Text);
        (await RanOnAsync(mine.Id, mine.Branch)).ShouldBe("kubernetes");
    }

    /// <summary>One of the maintainer's, and another that stays out of it; CI files where usual.</summary>
    private async Task<(Project Mine, Project Other)> TwoProjectsAsync()
    {
        var token = (await World.Control.UsersAsync(Cancellation)).Single(one => one.Username == "sanjay").Token;
        using var asking = new HttpRequestMessage(HttpMethod.Get, new Uri("projects?membership=true&min_access_level=40&archived=false&per_page=100", UriKind.Relative)) { Headers = { { "PRIVATE-TOKEN", token } } };
        using var http = new HttpClient { BaseAddress = GitLab.BaseAddress };
        var own = Usual(JsonNode.Parse(await (await http.SendAsync(asking, Cancellation)).Content.ReadAsStringAsync(Cancellation))!)[0];
        return (own, Usual(await GitLabAsync("projects?archived=false&per_page=100")).First(other => other.Id != own.Id));
    }

    private static List<Project> Usual(JsonNode projects) =>
    [
        .. projects.AsArray().OfType<JsonNode>()
            .Where(one => one["shared_runners_enabled"]?.GetValue<bool>() == true && one["default_branch"] is not null && string.IsNullOrEmpty(one["ci_config_path"]?.GetValue<string>()))
            .Select(one => new Project(one["id"]!.GetValue<long>(), one["path_with_namespace"]!.GetValue<string>(), one["default_branch"]!.GetValue<string>())),
    ];

    private ILocator Card(Project mine) => Page.Locator(".card", new() { HasText = mine.Path }).First;

    private async Task<JsonNode?> PinAsync(Project mine) => (await World.Api.GetAsync("pins")).AsArray().FirstOrDefault(one => one!["projectId"]!.GetValue<long>() == mine.Id);

    private async Task<IReadOnlyList<JsonNode>> RequestsAsync(Project mine, string state) => [.. (await GitLabAsync($"projects/{mine.Id}/merge_requests?state={state}&per_page=100")).AsArray().OfType<JsonNode>()];

    private Task<string> FileAsync(Project mine) => GitLab.GetStringAsync($"projects/{mine.Id}/repository/files/{File}/raw?ref=HEAD", Cancellation);

    private async Task StateAsync(Project mine, string state)
    {
        await World.Control.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        await Eventually.BeAsync(async () => (await World.Api.GetAsync($"projects/{mine.Id}/enrollment"))["state"]?.GetValue<string>(), seen => seen == state, Cancellation, TimeSpan.FromMinutes(2));
    }

    private static bool IsDocker(string? executor) => executor is "docker" or "docker+machine";

    private static string Shown(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private sealed record Project(long Id, string Path, string Branch);
}
