using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>A story whose people change things at GitLab too: with its administrator's token, and what stands there is asked of it.</summary>
public abstract class GitLabStory(World world, ChromiumFixture chromium) : BrowserStory(world, chromium)
{
    private protected Automation Automation { get; } = new(world, TestContext.Current.CancellationToken);

    protected HttpClient GitLab { get; } = new() { BaseAddress = new Uri(world.Simulator.Address, "api/v4/"), DefaultRequestHeaders = { { "PRIVATE-TOKEN", world.AdminToken } } };

    /// <summary>Opt-in, with the usual tags translated and every CI file looked at; then a maintainer is at their own projects.</summary>
    /// <returns>The path of the first one that can be tried.</returns>
    protected async Task<string> FirstToTryAsync(string username)
    {
        await Automation.CaughtUpAsync();
        await Automation.ConfirmRolesAsync();
        foreach (var tag in (string[])["docker", "linux"]) await World.Api.PutAsync($"tags/{tag}/translation", new { translation = "k8s-default" });
        await Automation.RunAsync(Automation.Phase("opt-in"));
        await World.Control.AdvanceAsync(TimeSpan.FromMinutes(6), Cancellation);
        await Eventually.BeAsync(() => World.Api.GetAsync("readiness"), counts => counts["projects"]!.GetValue<int>() is > 0 and var all && counts["scanned"]!.GetValue<int>() == all, Cancellation, TimeSpan.FromMinutes(2));

        await Page.SignInAsync(username);
        var tries = Page.Locator(".btn.p", new() { HasText = "Try it with" });
        await Assertions.Expect(tries.First).ToBeVisibleAsync();
        return (await Page.Locator(".card", new() { Has = tries }).First.Locator("h2, h3").First.InnerTextAsync()).Trim();
    }

    protected async Task<JsonNode> GitLabAsync(string path) => (await GitLab.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative), Cancellation))!;

    /// <summary>Goes on in the dialog that is open.</summary>
    protected Task ConfirmAsync() => Page.Locator(".mud-dialog .btn.p").ClickAsync();

    /// <summary>An administrator of GitLab merges the project's one open merge request.</summary>
    protected async Task MergeAsync(long project)
    {
        var open = (await GitLabAsync($"projects/{project}/merge_requests?state=opened")).AsArray().ShouldHaveSingleItem()!;
        await World.Control.ActAsync(new { kind = "merge-request-accept", projectId = project, iid = open["iid"]!.GetValue<int>(), byId = 1 }, Cancellation);
    }

    protected async Task WriteAsync(long project, string branch, string action, string file, string text)
    {
        using var answer = await GitLab.PostAsJsonAsync($"projects/{project}/repository/commits", new { branch, commit_message = "CI", actions = new[] { new { action, file_path = file, content = text } } }, Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Runs a pipeline and says on which executor its one job ran.</summary>
    protected async Task<string?> RanOnAsync(long project, string branch)
    {
        var before = await World.Control.NowAsync(Cancellation);
        using var started = await GitLab.PostAsJsonAsync($"projects/{project}/pipeline", new { @ref = branch }, Cancellation);
        started.EnsureSuccessStatusCode();
        await World.Control.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        return (await World.Control.JobsAsync(Cancellation)).Where(job => job.ProjectId == project && job.CreatedAt >= before && job.Executor is not null).OrderBy(job => job.Id).Last().Executor;
    }

    public override async ValueTask DisposeAsync()
    {
        GitLab.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
