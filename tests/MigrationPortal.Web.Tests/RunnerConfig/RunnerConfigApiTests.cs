using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.RunnerConfig;

/// <summary>Stored runner configurations: revisions, forms, differences, and no secret anywhere.</summary>
[Collection(PortalCollection.Name)]
public sealed class RunnerConfigApiTests(PortalFixture portal)
{
    private const string Secret = "glrt-AbCdEfGhIjKlMnOpQrSt";
    private const string Toml = "concurrent = 4\n\n# ours\n[[runners]]\n  name = \"k8s\"\n  executor = \"kubernetes\"\n  [runners.kubernetes]\n    image = \"alpine:3\"\n";

    [Fact]
    public async Task Configuration_IsStoredChangedRenderedAndCompared()
    {
        var made = (await portal.Api.PostAsync("runner-configs", new { name = "story", toml = Toml, targetVersion = "19.3", deployment = new { release = "k8s-default", jobNamespace = "jobs", podSecurity = "restricted" }, reason = "first" })).ShouldBe(201).Json;
        var id = made["id"]!.GetValue<long>();
        (made["revision"]!.GetValue<int>(), made["kind"]!.GetValue<string>(), made["targetVersion"]!.GetValue<string>(), made["toml"]!.GetValue<string>()).ShouldBe((1, "helm", "19.3.0", Toml));
        made["deployment"]!["gitLabUrl"]!.GetValue<string>().ShouldStartWith("http", Case.Sensitive, "that of the instance");
        made["deployment"]!["podSecurity"]!.GetValue<string>().ShouldBe("restricted");
        (await portal.Api.GetAsync("runner-configs?limit=500")).Items.ShouldContain(one => one!["id"]!.GetValue<long>() == id);

        (await portal.Api.PutAsync($"runner-configs/{id}", new { toml = Toml, reason = "the same" })).ShouldBe(200).Json["revision"]!.GetValue<int>().ShouldBe(1);
        var changed = (await portal.Api.PutAsync($"runner-configs/{id}", new { kind = "operator", toml = Toml.Replace("alpine:3", "alpine:4", StringComparison.Ordinal), deployment = new { jobNamespace = "ci" }, reason = "a newer image" })).ShouldBe(200).Json;
        (changed["revision"]!.GetValue<int>(), changed["deployment"]!["release"]!.GetValue<string>(), changed["deployment"]!["jobNamespace"]!.GetValue<string>()).ShouldBe((2, "k8s-default", "ci"));
        (await portal.Api.GetAsync($"runner-configs/{id}/revisions")).Items.Select(one => one!["number"]!.GetValue<int>()).ShouldBe([2, 1]);

        foreach (var (form, says) in new[] { ("toml", "image = \"alpine:4\""), ("helm", "gitlabUrl:"), ("operator", "kind: Runner"), ("manifests", "kind: Deployment"), ("network-policy", "kind: NetworkPolicy"), ("rbac", "kind: Role"), ("quota", "kind: ResourceQuota") })
            (await portal.Api.PostAsync($"runner-configs/{id}/render?as={form}", new { })).ShouldBe(200).Json["text"]!.GetValue<string>().ShouldContain(says);
        (await portal.Api.PostAsync($"runner-configs/{id}/render?as=toml&revision=1", new { })).ShouldBe(200).Json["text"]!.GetValue<string>().ShouldContain("alpine:3");

        var diff = (await portal.Api.PostAsync($"runner-configs/{id}/diff", new { from = 1, to = 2 })).ShouldBe(200).Json;
        diff["keys"]!.AsArray().Select(one => $"{one!["path"]} {one["before"]} {one["after"]}").ShouldBe(["kind helm operator", "runners[0].kubernetes.image \"alpine:3\" \"alpine:4\"", "deployment.jobNamespace \"jobs\" \"ci\""]);
        diff["lines"]!.GetValue<string>().ShouldContain("-    image = \"alpine:3\"\n+    image = \"alpine:4\"\n");
        (await portal.Api.PostAsync($"runner-configs/{id}/diff", new { toml = changed["toml"]!.GetValue<string>() })).ShouldBe(200).Json["keys"]!.AsArray().ShouldBeEmpty();

        var trail = (await portal.Api.GetAsync("audit?limit=500")).Items.Where(one => one!["subject"]!.GetValue<string>() == $"runner-config/{id}").ToList();
        trail.Select(one => $"{one!["what"]} {one["why"]}").Reverse().ShouldBe(["runner-config.create first", "runner-config.change a newer image"]);
    }

    [Fact]
    public async Task AConfigurationOfTwoMegabytes_IsStored_AndChanged()
    {
        var big = Toml + string.Concat(Enumerable.Repeat($"# {new string('x', 998)}\n", 1_800));
        var made = (await portal.Api.PostAsync("runner-configs", new { name = "a big one", toml = big })).ShouldBe(201).Json;
        (await portal.Api.PutAsync($"runner-configs/{made["id"]}", new { toml = big.Replace("alpine:3", "alpine:4", StringComparison.Ordinal) })).ShouldBe(200).Json["revision"]!.GetValue<int>().ShouldBe(2);
    }

    [Theory]
    [InlineData("v19", "19.0.0")]
    [InlineData("19.3", "19.3.0")]
    [InlineData("19.3.0-rc1", "19.3.0")]
    public async Task TheTarget_IsReadInWhateverWayItIsWritten(string written, string read) =>
        (await portal.Api.PostAsync("runner-configs", new { name = $"target {written}", toml = Toml, targetVersion = written })).ShouldBe(201).Json["targetVersion"]!.GetValue<string>().ShouldBe(read);

    [Fact]
    public async Task Secrets_AreTakenOut_AndSaid()
    {
        var toml = Toml.Replace("  name = \"k8s\"\n", $"  name = \"k8s\"\n  token = \"{Secret}\"\n  # token = \"{Secret}\"\n  environment = [\"A=1\", \"DEPLOY_PASSWORD=hunter22\"]\n  [runners.cache.s3]\n    SecretKey = \"s3cr3t\"\n", StringComparison.Ordinal);
        var made = (await portal.Api.PostAsync("runner-configs", new { name = "with secrets", toml })).ShouldBe(201).Json;

        made["remarks"]!.AsArray().Select(one => one!.GetValue<string>().Split(" was taken out")[0]).ShouldBe(["runners[0].token (line 6)", "a comment (line 7)", "runners[0].environment (DEPLOY_PASSWORD) (line 8)", "runners[0].cache.s3.SecretKey (line 10)"]);
        made["toml"]!.GetValue<string>().ShouldContain("# ours\n[[runners]]");
        made["toml"]!.GetValue<string>().ShouldContain("environment = [\"A=1\"]");
        var id = made["id"]!.GetValue<long>();
        foreach (var text in new[] { made.ToJsonString(), (await portal.Api.PostAsync($"runner-configs/{id}/diff", new { toml })).Json.ToJsonString(), (await portal.Api.GetAsync("audit?limit=500")).Json.ToJsonString() })
            foreach (var secret in new[] { Secret, "hunter22", "s3cr3t" }) text.ShouldNotContain(secret);

        // What cannot be read is not stored, and its words are not repeated.
        var broken = await portal.Api.PostAsync("runner-configs", new { name = "broken", toml = $"[[runners]]\n  token = {Secret}\n" });
        broken.ShouldRefuse(422, "invalid-configuration");
        broken.Json.ToJsonString().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Profiles_AndWhatSomebodyHas_AreBegunFrom()
    {
        var profiles = (await portal.Api.GetAsync("runner-configs/profiles")).Items;
        profiles.Select(one => one!["key"]!.GetValue<string>()).ShouldBe(["hardened", "docker-build", "legacy", "example"]);
        var made = (await portal.Api.PostAsync("runner-configs", new { name = "from a profile", profile = "hardened", deployment = new { replicas = 2 } })).ShouldBe(201).Json;
        made["toml"]!.GetValue<string>().ShouldBe(profiles[0]!["toml"]!.GetValue<string>());
        (made["deployment"]!["podSecurity"]!.GetValue<string>(), made["deployment"]!["replicas"]!.GetValue<int>()).ShouldBe(("restricted", 2));

        var values = (await portal.Api.PostAsync($"runner-configs/{made["id"]}/render?as=helm", new { })).ShouldBe(200).Json["text"]!.GetValue<string>();
        var imported = (await portal.Api.PostAsync("runner-configs", new { name = "from values", import = $"{values}\nrunnerToken: {Secret}\n" })).ShouldBe(201).Json;
        imported["deployment"]!["replicas"]!.GetValue<int>().ShouldBe(2);
        imported["remarks"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldContain(one => one.StartsWith("runnerToken was taken out", StringComparison.Ordinal));
        imported.ToJsonString().ShouldNotContain(Secret);
        (await portal.Api.PostAsync("runner-configs", new { name = "x", import = "hello" })).ShouldRefuse(422, "invalid-configuration");
        (await portal.Api.PostAsync("runner-configs", new { name = "x", import = "a", toml = "b" })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["toml"]);
    }

    [Fact]
    public async Task SecretMounts_SayTheirForm()
    {
        var mounted = (await portal.Api.PostAsync("runner-configs/secret-mounts", new { toml = Toml, directory = "/credentials", files = new[] { new { secret = "a", key = "k" }, new { secret = "b", key = "l" } } })).ShouldBe(200).Json;
        (mounted["form"]!.GetValue<string>(), mounted["cautions"]!.AsArray().Count).ShouldBe(("fileEach", 1));
        mounted["toml"]!.GetValue<string>().ShouldContain("sub_path = \"k\"");
        (await portal.Api.PostAsync("runner-configs/secret-mounts", new { toml = Toml, directory = "credentials", files = new[] { new { secret = "a", key = "k" } } })).ShouldRefuse(422, "invalid-secrets");
        (await portal.Api.PostAsync("runner-configs/secret-mounts", new { toml = "" })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["toml"]);
    }

    [Fact]
    public async Task WrongInput_NamesEveryField()
    {
        (await portal.Api.PostAsync("runner-configs", new { kind = "magic", targetVersion = "new", deployment = new { podSecurity = "none" } })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["toml", "kind", "targetVersion", "deployment.podSecurity"], ignoreOrder: true);
        var refused = (await portal.Api.PostAsync("runner-configs", new { name = "", toml = "concurrent = 1", targetVersion = "9.1", deployment = new { release = "Not A Name", gitLabUrl = "ftp://x", replicas = -1, resources = new { cpuLimit = "much" }, egressPorts = new[] { 0 }, blockedRanges = new[] { "10.0.0.1/8" }, egress = new[] { new { what = "x", ports = new[] { 99999 } } }, extra = "[" } })).ShouldRefuse(422, "invalid-configuration");
        refused.Json["reasons"]!.AsArray().Select(one => one!.GetValue<string>().Split(": ")[0]).ShouldBe(["name", "toml", "targetVersion", "deployment.release", "deployment.gitLabUrl", "deployment.replicas", "deployment.resources.cpuLimit", "deployment.egressPorts", "deployment.blockedRanges", "deployment.egress[0]", "deployment.egress[0]", "deployment.extra"], ignoreOrder: true);
        (await portal.Api.PostAsync("runner-configs/987654321/render?as=poem", new { })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["as"]);
    }

    [Fact]
    public async Task AChangeOfSomebodyElse_IsNotOverwritten_AndNamesAreUnique()
    {
        var made = await portal.Api.PostAsync("runner-configs", new { name = "Contested", toml = Toml });
        var id = made.ShouldBe(201).Json["id"]!.GetValue<long>();
        (await portal.Api.PostAsync("runner-configs", new { name = "contested", toml = Toml })).ShouldRefuse(409, "name-taken");
        (await portal.Api.PutAsync($"runner-configs/{id}", new { toml = Toml + "    privileged = false\n" }, ("If-Match", "\"v1\""))).ShouldBe(200);
        (await portal.Api.PutAsync($"runner-configs/{id}", new { toml = Toml }, ("If-Match", "\"v1\""))).ShouldRefuse(412, "changed-meanwhile");
    }
}
