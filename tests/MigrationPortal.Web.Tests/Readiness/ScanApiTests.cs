using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Readiness;

[Collection(PortalCollection.Name)]
public sealed class ScanApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Scan_OfAFile_NamesRuleJobLineReasonAndRemedy()
    {
        var answer = (await portal.Api.PostAsync("readiness/scan", new { yaml = "include: [local.yml]\nnet:\n  script:\n    - ping -c1 db.example.org\nother: {script: [make]}\n", profile = (object?)null })).ShouldBe(200).Json;

        var finding = answer["findings"]!.AsArray().ShouldHaveSingleItem()!;
        (finding["rule"]!.GetValue<string>(), finding["severity"]!.GetValue<string>(), finding["job"]!.GetValue<string>(), finding["line"]!.GetValue<int>()).ShouldBe(("R05", "blocks", "net", 4));
        finding["message"]!.GetValue<string>().ShouldContain("raw socket");
        finding["remedy"]!.GetValue<string>().ShouldStartWith("nc -z");
        (answer["jobs"]!.GetValue<int>(), answer["ready"]!.GetValue<int>(), answer["includes"]!.ToJsonString()).ShouldBe((2, 1, """["local.yml"]"""));
    }

    [Fact]
    public async Task Scan_ByAProfile_JudgesByIt()
    {
        object Body(object? profile) => new { yaml = "a: {image: node, script: [ping x], variables: {KUBERNETES_CPU_LIMIT: '16'}, cache: {paths: [x]}}", profile };
        async Task<string> Rules(object? profile) => string.Join(' ', (await portal.Api.PostAsync("readiness/scan", Body(profile))).ShouldBe(200).Json["findings"]!.AsArray().Select(one => $"{one!["rule"]}:{one["severity"]}").Order());

        (await Rules(null)).ShouldBe("R05:blocks R17:likely R29:info");
        (await Rules(new { allowsPing = true, cache = true, overwriteLimits = new Dictionary<string, string> { ["KUBERNETES_CPU_LIMIT"] = "8" } })).ShouldBe("R29:blocks");
        (await Rules(new { capabilities = new[] { "NET_RAW" }, cache = true, allowedImages = new[] { "registry.example.org/**" }, overwriteLimits = new Dictionary<string, string> { ["KUBERNETES_CPU_LIMIT"] = "32" } })).ShouldBe("R25:blocks");
    }

    [Fact]
    public async Task Scan_ByARunnersConfiguration_JudgesByIt()
    {
        async Task<string> Rules(object profile) => string.Join(' ', (await portal.Api.PostAsync("readiness/scan", new { yaml = "a: {image: node, script: [ping x], cache: {paths: [x]}}", profile })).ShouldBe(200).Json["findings"]!.AsArray().Select(one => one!["rule"]!.GetValue<string>()).Order());
        const string toml = "[[runners]]\n[runners.kubernetes]\ncap_add = [\"NET_RAW\"]\n";

        (await Rules(new { toml })).ShouldBe("R17");
        (await Rules(new { toml, cache = true })).ShouldBeEmpty();
        (await Rules(new { toml = toml + "allowed_images = [\"registry.example.org/**\"]\n[runners.cache]\nType = \"s3\"\n" })).ShouldBe("R25");
        foreach (var broken in new[] { "[[runners", "[[runners]]\nexecutor = \"docker\"" })
            (await portal.Api.PostAsync("readiness/scan", new { yaml = "a: {script: [x]}", profile = new { toml = broken } })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["profile.toml"]);
    }

    [Fact]
    public async Task Scan_OfWhatIsNoYaml_IsOneFinding()
    {
        var answer = (await portal.Api.PostAsync("readiness/scan", new { yaml = "a: [" })).ShouldBe(200).Json;

        answer["findings"]!.AsArray().ShouldHaveSingleItem()!["rule"]!.GetValue<string>().ShouldBe("syntax");
        answer["ready"].ShouldBeNull();
    }

    [Fact]
    public async Task Scan_WrongInput_NamesTheField()
    {
        (await portal.Api.PostAsync("readiness/scan", new { yaml = " " })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["yaml"]);
        (await portal.Api.PostAsync("readiness/scan", new { yaml = "a: 1", profile = new { memoryLimit = "much", cpuLimit = "-1" } })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["profile.memoryLimit", "profile.cpuLimit"], ignoreOrder: true);
    }
}
