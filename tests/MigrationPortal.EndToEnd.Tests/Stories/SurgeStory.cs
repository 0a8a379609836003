using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// Production's queue is too long: an administrator lends a runner of QA by clicks, the portal is killed on the way there, while it
/// lends and on the way back, and nothing of it is left when its time is over.
/// </summary>
public sealed partial class SurgeStory(World world, ChromiumFixture chromium) : GitLabStory(world, chromium), IClassFixture<World>
{
    private const string File = ".gitlab-ci.yml";
    private const string Cluster = "qa-k8s-a";
    private const string Toml = "concurrent = 40\n[[runners]]\n  name = \"qa\"\n  executor = \"kubernetes\"\n  [runners.kubernetes]\n    namespace = \"ci\"\n    image = \"alpine:3.22\"\n    image_pull_secrets = [\"qa-registry\"]\n";

    [Fact]
    public async Task QaRunner_Lent_MakesTheQueueGoDown_AndComesHome_WhateverIsKilled()
    {
        await Automation.CaughtUpAsync();
        await Automation.ConfirmRolesAsync();
        await Automation.RunAsync(Automation.Phase("opt-in"));
        var kubernetes = await ClusterAsync();
        await World.Api.PostAsync("runner-configs?instance=qa", new { name = "qa as it runs", kind = "helm", toml = Toml, reason = "imported" });
        await OneIsLeftAsync();
        var (production, qa) = (await World.Control.RunnersAsync(Cancellation), await QaRunnersAsync());
        var objects = await ObjectsAsync(kubernetes);
        await CrowdAsync();

        var lent = qa.First(one => !one["paused"]!.GetValue<bool>() && one["description"]!.GetValue<string>().Contains("k8s", StringComparison.Ordinal));
        await BeginAsync(lent["description"]!.GetValue<string>());
        await World.RestartKilledPortalAsync(Cancellation);

        var lending = await UntilAsync("lending");
        var before = lending["queuedBefore"]!.GetValue<long>();
        before.ShouldBeGreaterThan(40);
        (await QaRunnersAsync()).Single(one => one["id"]!.ToString() == lent["id"]!.ToString())["paused"]!.GetValue<bool>().ShouldBeTrue();
        var detail = await Eventually.BeAsync(
            async () =>
            {
                await World.Control.AdvanceAsync(TimeSpan.FromSeconds(30), Cancellation);
                return await World.Api.GetAsync("surges/1");
            },
            seen => seen["surge"]!["jobsTaken"]!.GetValue<long>() > 20 && seen["queue"]!.AsArray().LastOrDefault()?["queued"]!.GetValue<long>() < before / 2, Cancellation, TimeSpan.FromMinutes(2));
        detail["surge"]!["runners"]![0]!["runner"].ShouldNotBeNull();
        await LookAsync();

        await World.RestartKilledPortalAsync(Cancellation);
        await World.Control.AdvanceAsync(DateTimeOffset.Parse(lending["until"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture) - await World.Control.NowAsync(Cancellation), Cancellation);
        await Eventually.BeAsync(() => World.Api.GetAsync("surges/1"), seen => seen["surge"]!["state"]!.GetValue<string>() != "lending", Cancellation);
        await World.RestartKilledPortalAsync(Cancellation);
        (await UntilAsync("ended"))["endedFor"]!.GetValue<string>().ShouldBe("Its time is over.");

        (await World.Control.RunnersAsync(Cancellation)).ShouldBe(production);
        (await QaRunnersAsync()).Select(Attributes).ShouldBe(qa.Select(Attributes));
        await Eventually.EqualAsync(() => ObjectsAsync(kubernetes), objects, Cancellation);
        await Page.GotoAsync("/surges");
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is lent" })).ToBeVisibleAsync();
        PageErrors.ShouldBeEmpty();
    }

    // By clicks, from the empty list to the surge's own page.
    private async Task BeginAsync(string runner)
    {
        await Page.SignInAsync();
        await Page.GotoAsync("/surges");
        await Assertions.Expect(Page.GetByText("Nothing was ever lent")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Lend QA runners" }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = runner }).First.CheckAsync();
        await Page.Locator("select[name=minutes]").SelectOptionAsync("480");
        await Page.GetByRole(AriaRole.Button, new() { Name = "See what becomes reachable" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("Secret qa-registry")).ToBeVisibleAsync();
        var lend = Page.GetByRole(AriaRole.Button, new() { Name = "Lend 1 runner" });
        await Assertions.Expect(lend).ToBeDisabledAsync();
        var shut = Page.Locator("details:not([open]) > summary");
        while (await shut.CountAsync() > 0) await shut.First.ClickAsync();
        await Page.GetByLabel("Unverified all the same").FillAsync("it runs on QA");
        await Page.GetByRole(AriaRole.Checkbox, new() { NameRegex = May() }).CheckAsync();
        await Page.GetByRole(AriaRole.Checkbox, new() { NameRegex = Deleted() }).CheckAsync();
        await Page.GetByLabel("Why").FillAsync("the queue is too long");
        await lend.ClickAsync();
        await Page.WaitForURLAsync("**/surges/1");
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { NameRegex = Heading() })).ToBeVisibleAsync();
        PageErrors.ShouldBeEmpty();
        // A page whose portal is killed complains, as it should.
        await Page.GotoAsync("about:blank");
    }

    // The page of a surge that lends, on a phone too.
    private async Task LookAsync()
    {
        await Page.GotoAsync("/surges/1");
        await Assertions.Expect(Page.GetByRole(AriaRole.Button, new() { Name = "End now" })).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Production's queue" })).ToBeVisibleAsync();
        await Page.ScreenshotAsync(new() { Path = Artifacts.PathFor("SurgeStory", "lending.png"), FullPage = true });
        await Page.SetViewportSizeAsync(390, 844);
        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        await Page.SetViewportSizeAsync(1440, 900);
        PageErrors.ShouldBeEmpty();
        await Page.GotoAsync("about:blank");
    }

    private async Task<JsonNode> UntilAsync(string state) => (await Eventually.BeAsync(
        async () =>
        {
            await World.Control.AdvanceAsync(TimeSpan.FromSeconds(20), Cancellation);
            return await World.Api.GetAsync("surges/1");
        },
        seen => seen["surge"]!["state"]!.GetValue<string>() == state, Cancellation, TimeSpan.FromMinutes(2)))["surge"]!;

    // Somebody works on the nodes: one of production's Kubernetes runners is left.
    private async Task OneIsLeftAsync()
    {
        var all = (await World.Control.RunnersAsync(Cancellation)).Values.Where(one => one.TagList.Contains("k8s-default")).OrderBy(one => one.Id).ToList();
        foreach (var one in all.Skip(1)) await World.Control.ActAsync(new { kind = "runner-update", runnerId = one.Id, paused = true }, Cancellation);
    }

    // More jobs at once than it takes.
    private async Task CrowdAsync()
    {
        var (project, branch) = await ProjectAsync();
        await WriteAsync(project, branch, "update", File, "job:\n  tags: [k8s-default]\n  parallel: 200\n  script: [make]\nworkflow:\n  rules:\n    - if: $CI_PIPELINE_SOURCE != \"push\"\n");
        for (var pipeline = 0; pipeline < 2; pipeline++)
            using (var started = await GitLab.PostAsJsonAsync($"projects/{project}/pipeline", new { @ref = branch }, Cancellation)) started.EnsureSuccessStatusCode();
        await World.Control.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        await new Sweeps(World, Cancellation).LookedAsync("jobs", "fleet");
    }

    // Any that has a CI file and takes runners of the instance.
    private async Task<(long Id, string Branch)> ProjectAsync()
    {
        foreach (var one in (await GitLabAsync("projects?per_page=50")).AsArray().Where(one => one!["shared_runners_enabled"]?.GetValue<bool>() != false))
        {
            var (id, branch) = (one!["id"]!.GetValue<long>(), one["default_branch"]!.GetValue<string>());
            using var file = await GitLab.GetAsync(new Uri($"projects/{id}/repository/files/{File}?ref={branch}", UriKind.Relative), Cancellation);
            if (file.IsSuccessStatusCode) return (id, branch);
        }

        throw new InvalidOperationException("No project has a CI file.");
    }

    private async Task<HttpClient> ClusterAsync()
    {
        using var http = new HttpClient();
        var kubeconfig = await http.GetStringAsync(new Uri(World.Simulator.Address, $"_sim/clusters/{Cluster}/kubeconfig"), Cancellation);
        await World.Api.PostAsync("clusters", new { name = Cluster, instance = "qa", jobNamespaces = (string[])["ci"], managerNamespace = "gitlab-runner", kubeconfig = new { text = kubeconfig } });
        return new HttpClient
        {
            BaseAddress = new Uri(World.Simulator.Address, $"_kube/{Cluster}/"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", BearerToken().Match(kubeconfig).Groups["token"].Value) },
        };
    }

    // What a surge could leave behind.
    private static async Task<IReadOnlyList<string>> ObjectsAsync(HttpClient kubernetes)
    {
        var found = new List<string>();
        foreach (var path in (string[])["api/v1/namespaces/gitlab-runner/secrets", "api/v1/namespaces/gitlab-runner/configmaps", "api/v1/namespaces/gitlab-runner/serviceaccounts", "apis/apps/v1/namespaces/gitlab-runner/deployments", "apis/rbac.authorization.k8s.io/v1/namespaces/ci/roles", "apis/rbac.authorization.k8s.io/v1/namespaces/ci/rolebindings"])
            found.AddRange((await kubernetes.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative), Cancellation))!["items"]!.AsArray().Select(one => $"{path}/{one!["metadata"]!["name"]}"));
        return found;
    }

    private async Task<IReadOnlyList<JsonNode>> QaRunnersAsync()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("PRIVATE-TOKEN", World.QaReadToken);
        return [.. (await http.GetFromJsonAsync<JsonNode>(new Uri(World.Simulator.Address, "qa/api/v4/runners/all?per_page=100"), Cancellation))!.AsArray().OfType<JsonNode>()];
    }

    private static string Attributes(JsonNode runner) => $"{runner["id"]} {runner["description"]} {runner["paused"]}";

    [GeneratedRegex("may become reachable there")]
    private static partial Regex May();

    [GeneratedRegex("At the end the lent runners are deleted")]
    private static partial Regex Deleted();

    [GeneratedRegex("1 QA runner to production")]
    private static partial Regex Heading();

    [GeneratedRegex(@"token: ""?(?<token>[^\s""]+)")]
    private static partial Regex BearerToken();
}
