using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// One revision runs in a QA cluster, is verified there, and goes through two production clusters one after the other; the next
/// one does not come up, and all of it goes back: in a real browser, against the simulated world's API servers.
/// </summary>
public sealed class PromotionStory(World world, ChromiumFixture chromium) : GitLabStory(world, chromium), IClassFixture<World>
{
    private const string Deployment = "apis/apps/v1/namespaces/gitlab-runner/deployments/promo-k8s";

    [Fact]
    public async Task Revision_IsVerifiedOnQa_GoesThroughProduction_AndABadOneGoesBack()
    {
        using var first = await SimulatedCluster.OpenAsync(World, "k8s-a", Cancellation);
        using var second = await SimulatedCluster.OpenAsync(World, "k8s-b", Cancellation);
        using var tried = await SimulatedCluster.OpenAsync(World, "qa-k8s-a", Cancellation);
        var (qa, a, b) = (await ConnectAsync("qa-k8s-a", "qa", tried), await ConnectAsync("k8s-a", "production", first), await ConnectAsync("k8s-b", "production", second));
        var configuration = (await World.Api.PostAsync("runner-configs", new
        {
            name = "promo-k8s",
            kind = "manifests",
            profile = "hardened",
            deployment = new { release = "promo-k8s", jobNamespace = "ci", tokenSecret = "promo-k8s-token", podSecurity = "privileged" },
        }))["id"]!.GetValue<long>();

        // Nothing unverified reaches production; on QA it is tried.
        using (var refused = await World.Api.AskAsync(HttpMethod.Post, $"clusters/{a}/registrations", Wanted(configuration), Cancellation))
            (refused.StatusCode, JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancellation))!["code"]!.GetValue<string>()).ShouldBe((HttpStatusCode.Conflict, "unverified"));
        await RegisterAsync(qa, configuration);
        await Page.SignInAsync();
        await Page.GotoAsync($"/runner-configs/{configuration}?tab=rollout");
        await Assertions.Expect(Row("1")).ToContainTextAsync("applied on QA", new() { Timeout = 30_000 });
        var project = (await World.Api.GetAsync("projects?instance=qa&limit=1"))["items"]![0]!["id"]!.GetValue<long>();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Verify a revision" }).ClickAsync();
        await Page.GetByLabel("Project of QA, by its number").FillAsync($"{project}");
        await Page.GetByLabel("Tag of the runner under test").FillAsync("promo");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Begin the verification" }).ClickAsync();
        await VerifiedAsync(configuration);
        await Assertions.Expect(Card("Verification")).ToContainTextAsync("passed", new() { Timeout = 30_000 });
        await Assertions.Expect(Row("1")).ToContainTextAsync("verified", new() { Timeout = 30_000 });

        // Both production clusters have the first revision, which needs nobody's word now.
        foreach (var cluster in (long[])[a, b]) await RegisterAsync(cluster, configuration);
        await World.Api.PutAsync($"runner-configs/{configuration}", new { deployment = new { replicas = 2 }, reason = "two managers" });
        await ApplyAsync(qa, configuration);
        await World.Api.PostAsync($"runner-configs/{configuration}/verifications", new { cluster = qa, project, tag = "promo" });
        await VerifiedAsync(configuration);

        await Page.GotoAsync($"/runner-configs/{configuration}?tab=rollout");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Promote a revision" }).ClickAsync();
        await Page.GetByLabel("Minutes that each cluster is watched before the next").FillAsync("10");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Promote revision 2" }).ClickAsync();
        await UntilAsync(() => Stage("k8s-a").GetByText("watched", new() { Exact = true }).CountAsync());
        (await ReplicasAsync(first), await ReplicasAsync(second)).ShouldBe((2, 1));
        await UntilAsync(() => Stage("k8s-b").GetByText("done", new() { Exact = true }).CountAsync(), TimeSpan.FromMinutes(2));
        (await ReplicasAsync(first), await ReplicasAsync(second)).ShouldBe((2, 2));
        await Assertions.Expect(Stage("k8s-a")).ToContainTextAsync("It runs revision 2.");
        await Assertions.Expect(Row("2")).ToContainTextAsync("in production, 2 of 2", new() { Timeout = 30_000 });

        // Its token is in a Secret that nobody has: the manager does not come up.
        await World.Api.PutAsync($"runner-configs/{configuration}", new { deployment = new { tokenSecret = "nobody-has-this" }, reason = "another Secret" });
        await Page.GotoAsync($"/runner-configs/{configuration}?tab=rollout");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Promote a revision" }).ClickAsync();
        await Page.GetByRole(AriaRole.Form, new() { Name = "New promotion" }).Locator("select").SelectOptionAsync("3");
        await Page.GetByLabel("It goes into production unverified").CheckAsync();
        await Page.GetByLabel("Why it may not wait for a verification").FillAsync("a try of the way back");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Promote revision 3" }).ClickAsync();
        await UntilAsync(() => Stage("k8s-a").GetByText("applying", new() { Exact = true }).CountAsync());
        await UntilAsync(() => Stage("k8s-a").GetByText("Application").CountAsync());
        await Card("Promotion").GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".mud-dialog")).ToContainTextAsync("k8s-a returns to revision 2.");
        await Page.Locator(".mud-dialog textarea").FillAsync("the manager does not come up");
        await Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Roll back 1 cluster" }).ClickAsync();
        await UntilAsync(() => Stage("k8s-a").GetByText("back", new() { Exact = true }).CountAsync());
        await Assertions.Expect(Stage("k8s-b")).ToContainTextAsync("not begun");
        await Assertions.Expect(Card("Promotion")).ToContainTextAsync("a try of the way back");
        (await ReplicasAsync(first), await ReplicasAsync(second)).ShouldBe((2, 2));
        (await first.GetAsync(Deployment, Cancellation))!.ToJsonString().ShouldNotContain("nobody-has-this");
        PageErrors.ShouldBeEmpty();
    }

    private async Task<long> ConnectAsync(string name, string instance, SimulatedCluster cluster) => (await World.Api.PostAsync(
        "clusters", new { name, instance, jobNamespaces = (string[])["ci"], managerNamespace = "gitlab-runner", runnerIds = (long[])[], kubeconfig = new { text = cluster.Kubeconfig } }))["id"]!.GetValue<long>();

    private static object Wanted(long configuration) => new { configuration, description = "promo-k8s", tagList = (string[])["promo"], paused = false, reason = "a try" };

    private async Task RegisterAsync(long cluster, long configuration)
    {
        var begun = await World.Api.PostAsync($"clusters/{cluster}/registrations", Wanted(configuration));
        await StateAsync($"clusters/{cluster}/registrations/{begun["id"]}", "done");
    }

    private async Task ApplyAsync(long cluster, long configuration)
    {
        var seen = await World.Api.PostAsync($"runner-configs/{configuration}/apply", new { cluster, dryRun = true });
        var begun = await World.Api.PostAsync($"runner-configs/{configuration}/apply", new { cluster, reason = "a try", fingerprint = seen["fingerprint"]!.GetValue<string>() });
        await StateAsync($"clusters/{cluster}/applications/{begun["id"]}", "healthy");
    }

    private Task<JsonNode> StateAsync(string address, string state) => Eventually.BeAsync(
        async () =>
        {
            await World.Control.AdvanceAsync(TimeSpan.FromSeconds(5), Cancellation);
            return await World.Api.GetAsync(address);
        },
        now => now["state"]!.GetValue<string>() == state, Cancellation, TimeSpan.FromMinutes(2));

    private async Task VerifiedAsync(long configuration)
    {
        // A click has only begun it: it may not stand in the list yet.
        var ended = await Eventually.BeAsync(
            async () =>
            {
                await World.Control.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);
                return (await World.Api.GetAsync($"runner-configs/{configuration}/verifications?limit=1"))["items"]!.AsArray().FirstOrDefault();
            },
            now => now?["state"]!.GetValue<string>() is not (null or "preparing" or "running"), Cancellation, TimeSpan.FromMinutes(4));
        ended!["state"]!.GetValue<string>().ShouldBe("passed", ended.ToJsonString());
    }

    private ILocator Card(string title) => Page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    private ILocator Stage(string cluster) => Card("Promotion").Locator(".stp", new() { HasText = cluster });

    private ILocator Row(string revision) => Card("Revisions").Locator("tbody tr", new() { Has = Page.Locator($"td.num:text-is('{revision}')") });

    /// <summary>Managers come up, report and end as the world lives on.</summary>
    private Task<int> UntilAsync(Func<Task<int>> shown, TimeSpan? step = null) => Eventually.BeAsync(
        async () =>
        {
            await World.Control.AdvanceAsync(step ?? TimeSpan.FromSeconds(10), Cancellation);
            return await shown();
        },
        count => count > 0, Cancellation, TimeSpan.FromMinutes(4));

    private static async Task<int> ReplicasAsync(SimulatedCluster cluster) => (await cluster.GetAsync(Deployment, Cancellation))!["spec"]!["replicas"]!.GetValue<int>();
}
