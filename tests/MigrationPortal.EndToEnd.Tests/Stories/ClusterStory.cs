using System.Globalization;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// An administrator connects a cluster, registers a runner in it, applies a change, sees what somebody else changed there, takes
/// it over, goes back, and undoes it all: in a real browser, against the simulated world's API server.
/// </summary>
public sealed class ClusterStory(World world, ChromiumFixture chromium) : GitLabStory(world, chromium), IClassFixture<World>
{
    private const string Deployment = "apis/apps/v1/namespaces/gitlab-runner/deployments/try-k8s";

    [Fact]
    public async Task Runner_IsRegistered_Applied_Drifts_IsTakenOver_GoesBack_AndIsUndone()
    {
        using var cluster = await SimulatedCluster.OpenAsync(World, "qa-k8s-a", Cancellation);
        await Page.SignInAsync();
        var id = await ConnectAsync(cluster.Kubeconfig);
        var configuration = (await World.Api.PostAsync("runner-configs?instance=qa", new
        {
            name = "try-k8s",
            kind = "manifests",
            profile = "hardened",
            deployment = new { release = "try-k8s", jobNamespace = "ci", tokenSecret = "try-k8s-token", podSecurity = "privileged" },
        }))["id"]!.GetValue<long>();

        var runner = await RegisterAsync(id);
        (await cluster.GetAsync(Deployment, Cancellation)).ShouldNotBeNull();
        var tokens = (await cluster.GetAsync("api/v1/namespaces/gitlab-runner/secrets/try-k8s-token", Cancellation))!["data"]!.ToJsonString();
        tokens.ShouldContain("runner-token");

        await World.Api.PutAsync($"runner-configs/{configuration}", new { deployment = new { replicas = 2 }, reason = "two managers" });
        await Page.GotoAsync($"/runner-configs/{configuration}/apply?instance=qa&cluster={id}");
        await Assertions.Expect(Page.GetByText(".spec.replicas")).ToBeVisibleAsync();
        await ApplyAsync("two managers", 2);
        (await ReplicasAsync(cluster)).ShouldBe(2);

        await cluster.ChangeAsync(Deployment, "kubectl-edit", new { spec = new { replicas = 5 } }, Cancellation);
        await Page.GotoAsync($"/clusters/{id}?tab=drift");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Look now" }).ClickAsync();
        var drifted = Page.Locator("tr", new() { HasText = ".spec.replicas" });
        await Assertions.Expect(drifted).ToContainTextAsync("kubectl-edit");
        await Assertions.Expect(drifted.Locator("td").Nth(1)).ToHaveTextAsync("2");
        await Assertions.Expect(drifted.Locator("td").Nth(2)).ToHaveTextAsync("5");

        await World.Api.PutAsync($"runner-configs/{configuration}", new { deployment = new { replicas = 3 }, reason = "three managers" });
        await Page.GotoAsync($"/runner-configs/{configuration}/apply?instance=qa&cluster={id}");
        var held = Page.GetByRole(AriaRole.Group, new() { Name = "Fields of others" });
        await Assertions.Expect(held).ToContainTextAsync(".spec.replicas belongs to kubectl-edit");
        await held.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await ApplyAsync("it is ours", 3);
        (await ReplicasAsync(cluster)).ShouldBe(3);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();
        await SayWhyAsync("one too many", "Roll back revision 3");
        await StateAsync("rolled back");
        (await ReplicasAsync(cluster)).ShouldBe(2);

        await Page.GotoAsync($"/clusters/{id}?tab=applications");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo try-k8s" }).ClickAsync();
        await SayWhyAsync("it was a try", "Undo it all");
        await UntilAsync(() => Page.GetByText("undone", new() { Exact = true }).CountAsync());
        (await cluster.GetAsync(Deployment, Cancellation)).ShouldBeNull();
        (await cluster.GetAsync("api/v1/namespaces/gitlab-runner/secrets/try-k8s-token", Cancellation)).ShouldBeNull();
        await Eventually.BeAsync(
            async () =>
            {
                await World.Control.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);
                return (await World.Api.GetAsync("runners?instance=qa&limit=500"))["items"]!.AsArray().Any(one => one!["id"]!.GetValue<long>() == runner && one["deletedAt"] is null);
            },
            isThere => !isThere, Cancellation);
        PageErrors.ShouldBeEmpty();
    }

    private async Task<long> ConnectAsync(string kubeconfig)
    {
        await Page.GotoAsync("/clusters/new?instance=qa");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("qa-k8s-a");
        await Page.GetByLabel("Namespace of the runner managers").FillAsync("gitlab-runner");
        await Page.GetByLabel("Namespaces of job pods").FillAsync("ci");
        await Page.GetByLabel("Kubeconfig, as").FillAsync(kubeconfig);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Connect cluster" }).ClickAsync();
        await Page.WaitForURLAsync(url => url.Contains("/clusters/", StringComparison.Ordinal) && !url.Contains("new", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return long.Parse(new Uri(Page.Url).Segments.Last(), CultureInfo.InvariantCulture);
    }

    /// <returns>GitLab's number of the new runner.</returns>
    private async Task<long> RegisterAsync(long cluster)
    {
        await Page.GotoAsync($"/clusters/{cluster}/runner");
        await Page.GetByLabel("Description in GitLab").FillAsync("try-k8s");
        await Page.GetByLabel("Tags, separated by commas").FillAsync("try");
        await Page.GetByLabel("Paused at first").UncheckAsync();
        await Page.GetByLabel("Why").FillAsync("a try");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Register the runner" }).ClickAsync();
        await UntilAsync(() => Page.Locator("tr", new() { HasText = "gitlab-runner/try-k8s-token" }).GetByText("done", new() { Exact = true }).CountAsync());
        return (await World.Api.GetAsync($"clusters/{cluster}/registrations"))["items"]![0]!["runner"]!.GetValue<long>();
    }

    private async Task ApplyAsync(string why, int revision)
    {
        await Page.GetByLabel("Why", new() { Exact = true }).FillAsync(why);
        await Page.GetByRole(AriaRole.Button, new() { Name = $"Apply revision {revision}" }).ClickAsync();
        await Page.WaitForURLAsync("**/applications/**");
        await StateAsync("healthy");
    }

    private async Task SayWhyAsync(string why, string button)
    {
        await Page.Locator(".mud-dialog textarea").FillAsync(why);
        await Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }

    private Task<int> StateAsync(string word) => UntilAsync(() => Page.GetByRole(AriaRole.Region, new() { Name = "Actions" }).GetByText(word, new() { Exact = true }).CountAsync());

    /// <summary>Managers come up, report and end as the world lives on.</summary>
    private Task<int> UntilAsync(Func<Task<int>> shown) => Eventually.BeAsync(
        async () =>
        {
            await World.Control.AdvanceAsync(TimeSpan.FromSeconds(5), Cancellation);
            return await shown();
        },
        count => count > 0, Cancellation, TimeSpan.FromMinutes(2));

    private static async Task<int> ReplicasAsync(SimulatedCluster cluster) => (await cluster.GetAsync(Deployment, Cancellation))!["spec"]!["replicas"]!.GetValue<int>();
}
