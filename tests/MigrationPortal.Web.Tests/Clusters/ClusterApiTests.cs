using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Clusters;

[Collection(PortalCollection.Name)]
public sealed class ClusterApiTests(PortalFixture portal)
{
    private const string Secret = "secret-of-a-service-account";

    [Fact]
    public async Task Cluster_IsConnectedAskedWatchedChangedAndForgotten_WithoutShowingWhatIsSecret()
    {
        await using var server = await StartAsync();
        var made = (await portal.Api.PostAsync("clusters", Body("api-one", server))).ShouldBe(201);
        var id = made.Json["id"]!.GetValue<long>();
        made.Headers["Location"].ShouldBe($"/api/v1/clusters/{id}");
        made.Json["connection"]!["server"]!.GetValue<string>().ShouldBe(server.Url.Authority);
        made.Json["connection"]!["caFingerprint"]!.GetValue<string>().Length.ShouldBe(64);

        var asked = (await portal.Api.PostAsync($"clusters/{id}/preflight")).ShouldBe(200);
        asked.Json["user"]!.GetValue<string>().ShouldBe("system:serviceaccount:gitlab-runner:portal");
        asked.Json["permissions"]!.AsArray().Count(one => one!["granted"]!.GetValue<bool>()).ShouldBe(3, "pods of the job namespace alone");
        asked.Json["grantYaml"]!.GetValue<string>().ShouldContain("resources: [\"pods\"]");
        server.Objects.Put(asked.Json["grantYaml"]!.GetValue<string>());
        var again = (await portal.Api.PostAsync($"clusters/{id}/preflight")).ShouldBe(200);
        again.Json["permissions"]!.AsArray().Where(one => !one!["granted"]!.GetValue<bool>()).ShouldAllBe(one => one!["verb"]!.GetValue<string>() == "escalate" || one!["verb"]!.GetValue<string>() == "bind");
        again.Json["escalationYaml"]!.GetValue<string>().ShouldContain("escalate", Case.Sensitive, "apart from the rest, to be granted on purpose");
        again.Json["grantYaml"]!.GetValue<string>().ShouldBeEmpty();
        (await portal.Api.GetAsync($"clusters/{id}/preflight")).ShouldBe(200).Text.ShouldBe(again.Text);

        await UntilAsync(async () => (await portal.Api.GetAsync($"clusters/{id}")).Json["cluster"]!["pods"]!["running"]!.GetValue<int>() == 3);
        var pods = (await portal.Api.GetAsync($"clusters/{id}/pods?limit=2")).ShouldBe(200);
        pods.Items.Count.ShouldBe(2);
        pods.Items[0]!["jobUrl"]!.GetValue<string>().ShouldEndWith("/physics/widget/-/jobs/900000");
        var rest = (await portal.Api.GetAsync($"clusters/{id}/pods?limit=2&cursor={pods.Json["nextCursor"]!.GetValue<string>()}")).ShouldBe(200);
        (rest.Items.Count, rest.Json["nextCursor"]).ShouldBe((1, null));
        (await portal.Api.GetAsync($"clusters/{id}/pods?phase=running&namespace=ci-jobs&runner=t1_aBcDeF&project=42&q=900001")).Items.ShouldHaveSingleItem();
        (await portal.Api.GetAsync($"clusters/{id}/pods?phase=lost")).ShouldNameField("phase");
        (await portal.Api.GetAsync($"clusters/{id}/pods?reason=lost")).ShouldNameField("reason");

        var saved = (await portal.Api.PutAsync($"clusters/{id}", new { runnerIds = (long[])[12] }, ("If-Match", "\"v1\""))).ShouldBe(200);
        (saved.Headers["ETag"], saved.Json["name"]!.GetValue<string>()).ShouldBe(("\"v2\"", "api-one"));
        (await portal.Api.PutAsync($"clusters/{id}", new { runnerIds = (long[])[] }, ("If-Match", "\"v1\""))).ShouldRefuse(412, "changed-meanwhile");
        (await portal.Api.PutAsync($"clusters/{id}", new { instance = "qa" })).ShouldNameField("instance");
        (await portal.Api.PostAsync("clusters", Body("api-one", server))).ShouldRefuse(409, "name-taken");

        var listed = (await portal.Api.GetAsync("clusters?limit=500")).ShouldBe(200);
        listed.Items.Single(one => one!["id"]!.GetValue<long>() == id)!["missing"]!["view"]!.GetValue<int>().ShouldBe(0);
        foreach (var text in (string[])[made.Text, asked.Text, saved.Text, listed.Text, (await portal.Api.GetAsync($"clusters/{id}")).Text, (await portal.Api.GetAsync("audit?limit=100")).Text])
        {
            text.ShouldNotContain(Secret);
            text.ShouldNotContain("BEGIN CERTIFICATE");
        }

        (await portal.Api.DeleteAsync($"clusters/{id}")).ShouldBe(204);
        (await portal.Api.DeleteAsync($"clusters/{id}")).ShouldRefuse(404, "unknown-cluster");
        string[] done = ["cluster.add", "cluster.change", "cluster.remove"];
        done.Except((await portal.Api.GetAsync("audit?limit=100")).Items.Select(entry => entry!["what"]!.GetValue<string>())).ShouldBeEmpty();
    }

    [Fact]
    public async Task ClusterThatIsDown_IsStoredOnlyUnchecked_AndSaysWhy()
    {
        object Body(bool isUnchecked) => new { name = "api-down", jobNamespaces = (string[])["ci-jobs"], managerNamespace = "gitlab-runner", token = new { server = "https://127.0.0.1:9", token = Secret }, @unchecked = isUnchecked };
        var no = (await portal.Api.PostAsync("clusters", Body(false))).ShouldRefuse(409, "cluster-unavailable");
        no.Text.ShouldContain("unchecked");
        no.Text.ShouldNotContain(Secret);
        var id = (await portal.Api.PostAsync("clusters", Body(true))).ShouldBe(201).Json["id"]!.GetValue<long>();
        await UntilAsync(async () => (await portal.Api.GetAsync($"clusters/{id}")).Json["cluster"]!["live"]!["state"]?.GetValue<string>() == "unreachable");
        (await portal.Api.PostAsync($"clusters/{id}/preflight")).ShouldRefuse(409, "cluster-unavailable");
        (await portal.Api.DeleteAsync($"clusters/{id}")).ShouldBe(204);
    }

    [Fact]
    public async Task Body_WithSeveralMistakes_HearsOfEach()
    {
        var no = await portal.Api.PostAsync("clusters", new
        {
            name = "Not_a_label",
            jobNamespaces = (string[])["UP"],
            managerNamespace = "",
            runnerIds = (long[])[0],
            token = new { server = "http://10.0.0.1", token = "two words", caPem = "none", insecure = true },
            inCluster = true,
        });
        foreach (var field in (string[])["name", "jobNamespaces", "managerNamespace", "runnerIds", "token.insecure", "kubeconfig", "token.server", "token.token", "token.caPem"]) no.ShouldNameField(field);
        (await portal.Api.PostAsync("clusters", new { name = "a", jobNamespaces = (string[])["ci"], managerNamespace = "m" })).ShouldNameField("kubeconfig");
        (await portal.Api.PostAsync("clusters", new { name = "a", jobNamespaces = (string[])["ci"], managerNamespace = "m", kubeconfig = new { text = "users: [{name: u, user: {exec: {command: sh}}}]" } })).ShouldNameField("kubeconfig");
    }

    private static object Body(string name, KubernetesCluster server) => new
    {
        name,
        jobNamespaces = (string[])["ci-jobs"],
        managerNamespace = "gitlab-runner",
        token = new { server = server.Url.ToString(), token = Secret, caPem = server.CaPem },
    };

    private static async Task<KubernetesCluster> StartAsync()
    {
        var server = await KubernetesCluster.StartAsync(new KubernetesOptions { Https = true }, TestContext.Current.CancellationToken);
        server.AddToken(Secret, "system:serviceaccount:gitlab-runner:portal", "system:serviceaccounts");
        foreach (var name in (string[])["ci-jobs", "gitlab-runner"]) server.Objects.Put(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } });
        server.Objects.Put("""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"pods","namespace":"ci-jobs"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list","watch"]}]}
            """);
        server.Objects.Put("""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"pods","namespace":"ci-jobs"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"pods"},
             "subjects":[{"kind":"ServiceAccount","name":"portal","namespace":"gitlab-runner"}]}
            """);
        for (var number = 0; number < 3; number++)
        {
            server.Objects.Put($$$"""
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"runner-{{{number}}}","namespace":"ci-jobs",
                  "labels":{"job.runner.gitlab.com/pod":"runner","project.runner.gitlab.com/id":"42","manager.runner.gitlab.com/id-short":"t1_aBcDeF"},
                  "annotations":{"job.runner.gitlab.com/id":"{{{900000 + number}}}","job.runner.gitlab.com/url":"https://gitlab.example.org/physics/widget/-/jobs/{{{900000 + number}}}"} },
                 "spec":{"containers":[{"name":"build","image":"alpine"}]},"status":{"phase":"Running"} }
                """);
        }

        return server;
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await reached())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(30)) Assert.Fail("Not reached within half a minute.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
