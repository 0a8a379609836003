using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// A maintainer asks "the runner or my code?" of one job by a click in a real browser: the same commit on docker and on Kubernetes,
/// both results side by side, and nothing left in the project.
/// </summary>
public sealed class TwinStory(World world, ChromiumFixture chromium) : GitLabStory(world, chromium), IClassFixture<World>
{
    private const string File = ".gitlab-ci.yml";

    // What it pings with, a pod may not do.
    private const string Jobs = "stages: [build, test]\nbuild:\n  stage: build\n  script: [make]\n  artifacts: {paths: [out]}\nnet:\n  stage: test\n  script: [ping -c1 db.example.org]\nlint:\n  stage: test\n  needs: []\n  script: [make lint]\n";

    [Fact]
    public async Task Maintainer_TriesOneJobOnBoth_AndSeesWhatBecameOfIt()
    {
        var path = await FirstToTryAsync("sanjay");
        var (project, branch) = await OfAsync(path);
        await WriteAsync(project, branch, "update", File, Jobs);
        await Card(path).GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();
        await Assertions.Expect(Choice(path).Locator("option")).ToHaveTextAsync(["build", "net", "lint"]);

        // The first click leads to GitLab's own question, the second says what will run.
        await TryAsync(path, "net");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).ClickAsync();
        await Page.WaitForURLAsync("**/my-projects**");
        await TryAsync(path, "net");
        var dialog = Page.Locator(".mud-dialog");
        await Assertions.Expect(dialog.GetByText("1 job runs before, because both need what it makes: build.")).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByText("net is expected to fail on Kubernetes")).ToBeVisibleAsync();
        await Assertions.Expect(dialog.Locator(".btn.p")).ToHaveTextAsync("Run 3 jobs");
        await ConfirmAsync();
        await Assertions.Expect(Page.GetByText("net is on its way on both.")).ToBeVisibleAsync();

        var ended = await EndedAsync(project);
        ended["docker"]!["executor"]!.GetValue<string>().ShouldStartWith("docker");
        (ended["kubernetes"]!["executor"]!.GetValue<string>(), ended["kubernetes"]!["status"]!.GetValue<string>(), ended["isPair"]!.GetValue<bool>()).ShouldBe(("kubernetes", "failed", true));
        (await GitLabAsync($"projects/{project}/repository/branches?search=migration-portal")).AsArray().ShouldBeEmpty();
        (await GitLabAsync($"projects/{project}/pipelines?ref={ended["branch"]!.GetValue<string>()}")).AsArray().Count.ShouldBe(1);
        (await GitLab.GetStringAsync($"projects/{project}/repository/files/{File}/raw?ref=HEAD", Cancellation)).ShouldBe(Jobs);
        var pairs = await World.Api.GetAsync("insights/twins");
        (pairs["pairs"]!.GetValue<int>(), pairs["items"]![0]!["kubernetesFailed"]!.GetValue<bool>()).ShouldBe((1, true));

        await Page.SetViewportSizeAsync(390, 844);
        await Page.ReloadAsync();
        var (docker, kubernetes) = (Result(path, "docker"), Result(path, "kubernetes"));
        await Assertions.Expect(kubernetes.GetByText("failed", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(kubernetes.GetByText("The runner, not your code")).ToBeVisibleAsync();
        (await kubernetes.BoundingBoxAsync())!.Y.ShouldBeGreaterThan((await docker.BoundingBoxAsync())!.Y);
        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        PageErrors.ShouldBeEmpty();
    }

    private ILocator Card(string path) => Page.Locator(".card", new() { HasText = path }).First;

    private ILocator Choice(string path) => Page.GetByRole(AriaRole.Combobox, new() { Name = $"Job of {path} to try on both" });

    private ILocator Result(string path, string executor) => Card(path).GetByRole(AriaRole.Region, new() { Name = $"net on {executor}" });

    private async Task TryAsync(string path, string job)
    {
        await Choice(path).SelectOptionAsync(job);
        await Card(path).GetByRole(AriaRole.Button, new() { Name = "Try one job on both" }).ClickAsync();
    }

    private async Task<(long Project, string Branch)> OfAsync(string path)
    {
        var project = (await World.Api.GetAsync($"projects?q={path}"))["items"]!.AsArray().First(one => one!["fullPath"]!.GetValue<string>() == path)!["id"]!.GetValue<long>();
        return (project, (await GitLabAsync($"projects/{project}"))["default_branch"]!.GetValue<string>());
    }

    private async Task<System.Text.Json.Nodes.JsonNode> EndedAsync(long project) => await Eventually.BeAsync(async () =>
    {
        await World.Control.AdvanceAsync(TimeSpan.FromMinutes(10), Cancellation);
        return (await World.Api.GetAsync($"projects/{project}/twin-runs"))["items"]!.AsArray().Single()!;
    }, run => run["state"]!.GetValue<string>() == "ended" && run["branchState"]!.GetValue<string>() == "gone", Cancellation, TimeSpan.FromMinutes(3));
}
