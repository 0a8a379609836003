using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Clusters;

[Collection(PortalCollection.Name)]
public sealed class ApplyApiTests(PortalFixture portal)
{
    private const string Token = "secret-of-the-portal";

    [Fact]
    public async Task Preview_Apply_Drift_AndTheWayBack()
    {
        await using var server = await KubernetesCluster.StartAsync(new KubernetesOptions { Https = true }, TestContext.Current.CancellationToken);
        server.AddToken(Token, "portal");
        server.AllowAll("portal");
        var cluster = (await portal.Api.PostAsync("clusters", new { name = "apply-one", jobNamespaces = (string[])["ci-jobs"], managerNamespace = "gitlab-runner", runnerIds = (long[])[], token = new { server = server.Url.ToString(), token = Token, caPem = server.CaPem } })).ShouldBe(201).Json["id"]!.GetValue<long>();
        var config = (await portal.Api.PostAsync("runner-configs", new { name = "apply-one", kind = "manifests", toml = "concurrent = 5\n[[runners]]\n  name = \"k8s\"\n  executor = \"kubernetes\"\n  [runners.kubernetes]\n    namespace = \"ci-jobs\"\n    image = \"alpine\"\n", reason = "a test" })).ShouldBe(201).Json["id"]!.GetValue<long>();

        (await portal.Api.PostAsync($"runner-configs/{config}/apply", new { dryRun = true })).ShouldNameField("cluster");
        (await portal.Api.PostAsync($"runner-configs/{config}/apply", new { cluster, dryRun = true, extras = (string[])["everything"] })).ShouldNameField("extras");
        (await portal.Api.PostAsync($"runner-configs/{config}/apply", new { cluster, reason = "a test" })).ShouldRefuse(422, "preview-first");
        (await portal.Api.PostAsync($"runner-configs/{config}/apply", new { cluster, reason = "a test", fingerprint = "old" })).ShouldRefuse(409, "cluster-changed");
        var seen = (await portal.Api.PostAsync($"runner-configs/{config}/apply", new { cluster, dryRun = true })).ShouldBe(200);
        seen.Json["objects"]!.AsArray().ShouldContain(one => one!["object"]!.GetValue<string>() == "Deployment gitlab-runner/gitlab-runner");
        server.Objects.Count("deployments.apps").ShouldBe(0);

        var fingerprint = seen.Json["fingerprint"]!.GetValue<string>();
        (await portal.Api.PostAsync($"runner-configs/{config}/apply", new { cluster, reason = "a test", fingerprint })).ShouldRefuse(409, "unverified");
        var begun = (await portal.Api.PostAsync($"runner-configs/{config}/apply", new { cluster, reason = "a test", fingerprint, overrideUnverified = "no QA here" })).ShouldBe(202);
        begun.Json["overrideUnverified"]!["reason"]!.GetValue<string>().ShouldBe("no QA here");
        var address = begun.Headers["Location"].Replace("/api/v1/", "", StringComparison.Ordinal);
        var ended = await UntilAsync(server, address, "healthy");
        ended["steps"]!.AsArray().ShouldAllBe(step => step!["state"]!.GetValue<string>() == (step!["kind"]!.GetValue<string>() == "contact" ? "skipped" : "done"), "no runner was named");
        (await portal.Api.GetAsync($"clusters/{cluster}/applications")).ShouldBe(200).Items.ShouldHaveSingleItem();

        (await portal.Api.PostAsync($"runner-configs/{config}/diff", new { cluster })).ShouldBe(200).Json["cluster"]!["fields"]!.AsArray().ShouldBeEmpty();
        server.Objects.Change("deployments.apps", "gitlab-runner", "gitlab-runner", one => one["spec"]!["replicas"] = JsonNode.Parse("3"), "kubectl");
        var field = (await portal.Api.PostAsync($"runner-configs/{config}/diff", new { cluster })).ShouldBe(200).Json["cluster"]!["fields"]!.AsArray().ShouldHaveSingleItem()!;
        (field["path"]!.GetValue<string>(), field["kind"]!.GetValue<string>(), field["writer"]!.GetValue<string>()).ShouldBe((".spec.replicas", "changed", "kubectl"));
        (await portal.Api.PostAsync($"clusters/{cluster}/drift", null)).ShouldBe(200).Items.ShouldHaveSingleItem();
        (await portal.Api.GetAsync($"clusters/{cluster}/drift")).ShouldBe(200).Items.ShouldHaveSingleItem();

        (await portal.Api.PostAsync($"{address}/rollback", new { reason = "" })).ShouldRefuse(422, "reason-missing");
        (await portal.Api.PostAsync($"{address}/rollback", new { reason = "a test" })).ShouldBe(202);
        await UntilAsync(server, address, "rolledBack");
        server.Objects.Count("deployments.apps").ShouldBe(0);
        (await portal.Api.GetAsync("audit?limit=100")).Text.ShouldNotContain(Token);
        (await portal.Api.DeleteAsync($"clusters/{cluster}")).ShouldBe(204);
    }

    [Fact]
    public async Task ANewRunnerOfACluster_BeginsARegistrationThere_AndShowsNoToken()
    {
        await using var server = await KubernetesCluster.StartAsync(new KubernetesOptions { Https = true }, TestContext.Current.CancellationToken);
        server.AddToken(Token, "portal");
        server.AllowAll("portal");
        var cluster = (await portal.Api.PostAsync("clusters", new { name = "runner-one", jobNamespaces = (string[])["ci-jobs"], managerNamespace = "gitlab-runner", runnerIds = (long[])[], token = new { server = server.Url.ToString(), token = Token, caPem = server.CaPem } })).ShouldBe(201).Json["id"]!.GetValue<long>();
        var configuration = (await portal.Api.PostAsync("runner-configs", new { name = "runner-one", kind = "manifests", toml = "concurrent = 5\n[[runners]]\n  name = \"k8s\"\n  executor = \"kubernetes\"\n  [runners.kubernetes]\n    namespace = \"ci-jobs\"\n    image = \"alpine\"\n", reason = "a test" })).ShouldBe(201).Json["id"]!.GetValue<long>();

        (await portal.Api.PostAsync("runners", new { description = "x", role = "kubernetes", cluster, reason = "a test" })).ShouldNameField("configuration");
        (await portal.Api.PostAsync("runners", new { description = "x", role = "legacy", tagList = (string[])["one"], cluster, configuration, reason = "a test" })).ShouldNameField("role");
        (await portal.Api.PostAsync("runners", new { description = "x", role = "kubernetes", cluster = 987654321, configuration, reason = "a test" })).ShouldBe(404);
        (await portal.Api.PostAsync("runners", new { description = "x", role = "kubernetes", tagList = (string[])["one"], cluster, configuration, reason = "a test" })).ShouldRefuse(409, "unverified");
        var begun = (await portal.Api.PostAsync("runners", new { description = "x", role = "kubernetes", tagList = (string[])["one"], cluster, configuration, reason = "a test", overrideUnverified = "a test" })).ShouldBe(202);
        begun.Headers["Location"].ShouldBe($"/api/v1/clusters/{cluster}/registrations/{begun.Json["id"]!.GetValue<long>()}");
        begun.Text.ShouldNotContain("glrt-");
        var address = begun.Headers["Location"].Replace("/api/v1/", "", StringComparison.Ordinal);
        (await portal.Api.PostAsync($"{address}/undo", new { reason = "a test" })).ShouldBe(202);
        await UntilAsync(server, address, "undone");
        (await portal.Api.DeleteAsync($"clusters/{cluster}")).ShouldBe(204);
    }

    [Fact]
    public async Task ManagedElsewhere_IsAFolder_OrWaitedForUntilCancelled()
    {
        await using var server = await KubernetesCluster.StartAsync(new KubernetesOptions { Https = true }, TestContext.Current.CancellationToken);
        server.AddToken(Token, "portal");
        server.AllowAll("portal");
        var cluster = (await portal.Api.PostAsync("clusters", new { name = "export-one", jobNamespaces = (string[])["ci-jobs"], managerNamespace = "gitlab-runner", runnerIds = (long[])[], token = new { server = server.Url.ToString(), token = Token, caPem = server.CaPem } })).ShouldBe(201).Json["id"]!.GetValue<long>();
        var configuration = (await portal.Api.PostAsync("runner-configs", new { name = "export-one", kind = "exported", toml = "concurrent = 5\n[[runners]]\n  name = \"k8s\"\n  executor = \"kubernetes\"\n  [runners.kubernetes]\n    namespace = \"ci-jobs\"\n    image = \"alpine\"\n", reason = "a test" })).ShouldBe(201).Json["id"]!.GetValue<long>();

        (await portal.Api.GetAsync($"runner-configs/{configuration}/export.zip?cluster={cluster}")).ShouldBe(200).Text.ShouldStartWith("PK");
        (await portal.Api.PostAsync($"clusters/{cluster}/applications", new { configuration, reason = "a test" })).ShouldNameField("target");
        (await portal.Api.PostAsync($"clusters/{cluster}/applications", new { target = "export", configuration, reason = "a test", mergeRequest = new { project = 1, branch = "" } })).ShouldRefuse(422, "invalid-export");
        var begun = (await portal.Api.PostAsync($"clusters/{cluster}/applications", new { target = "export", configuration, reason = "a test" })).ShouldBe(202);
        begun.Json["state"]!.GetValue<string>().ShouldBe("waiting");
        var address = begun.Headers["Location"].Replace("/api/v1/", "", StringComparison.Ordinal);
        (await portal.Api.GetAsync($"{address}/export.zip")).ShouldBe(200).Text.ShouldStartWith("PK");
        (await portal.Api.DeleteAsync($"clusters/{cluster}")).ShouldRefuse(409, "cluster-in-use");
        (await portal.Api.PostAsync($"{address}/cancel", new { reason = "a test" })).ShouldBe(200).Json["state"]!.GetValue<string>().ShouldBe("cancelled");
        (await portal.Api.DeleteAsync($"clusters/{cluster}")).ShouldBe(204);
    }

    private async Task<JsonObject> UntilAsync(KubernetesCluster server, string address, string state)
    {
        for (var turn = 0; turn < 240; turn++)
        {
            foreach (var one in server.Objects.List("deployments.apps"))
            {
                var replicas = one["spec"]!["replicas"]?.ToJsonString() ?? "1";
                one["status"] = JsonNode.Parse($$"""{"observedGeneration":{{one["metadata"]!["generation"]}},"replicas":{{replicas}},"updatedReplicas":{{replicas}},"readyReplicas":{{replicas}},"availableReplicas":{{replicas}}}""");
                server.Objects.Put(one, "kube-controller-manager");
            }

            var now = (await portal.Api.GetAsync(address)).ShouldBe(200).Json.AsObject();
            if (now["state"]!.GetValue<string>() == state) return now;
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        throw new ShouldAssertException($"{address} is not {state}: {(await portal.Api.GetAsync(address)).Text}");
    }
}
