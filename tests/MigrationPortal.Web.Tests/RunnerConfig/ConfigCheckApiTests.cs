using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.RunnerConfig;

[Collection(PortalCollection.Name)]
public sealed class ConfigCheckApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Validate_NamesCodeKeyLineReasonAndRemedy()
    {
        var answer = (await portal.Api.PostAsync("runner-config/validate", new { toml = "concurrent = 4\n[[runners]]\n  url = \"https://gitlab.example.com\"\n  token = \"$TOKEN\"\n  executor = \"shell\"\n  buids_dir = \"/x\"\n" })).ShouldBe(200).Json;

        var finding = answer["findings"]!.AsArray().Single(one => one!["code"]!.GetValue<string>() == "unknown-key")!;
        (finding["key"]!.GetValue<string>(), finding["line"]!.GetValue<int>(), finding["severity"]!.GetValue<string>()).ShouldBe(("runners[0].buids_dir", 6, "error"));
        finding["message"]!.GetValue<string>().ShouldContain("builds_dir");
        finding["remedy"]!.GetValue<string>().ShouldContain("builds_dir");
    }

    [Fact]
    public async Task Validate_OfWhatIsNoToml_IsOneFinding()
    {
        var answer = (await portal.Api.PostAsync("runner-config/validate", new { toml = "concurrent = 4\n\n[[runners\n  name = \"x\"\n" })).ShouldBe(200).Json;

        var finding = answer["findings"]!.AsArray().ShouldHaveSingleItem()!;
        (finding["code"]!.GetValue<string>(), finding["line"]!.GetValue<int>()).ShouldBe(("syntax", 3));
    }

    [Fact]
    public async Task Validate_ForAnOlderRunner_NamesWhatItDoesNotKnow()
    {
        async Task<string> Codes(string? version) => string.Join(' ', (await portal.Api.PostAsync("runner-config/validate", new { toml = "[[runners]]\nexecutor = \"kubernetes\"\n[runners.kubernetes]\nallowed_users = [\"1000\"]\n", targetVersion = version })).ShouldBe(200).Json["findings"]!.AsArray().Select(one => one!["code"]!.GetValue<string>()).Where(code => code == "too-new"));

        (await Codes("18.3.1")).ShouldBe("too-new");
        (await Codes("v18.4.0")).ShouldBe("");
        (await Codes(null)).ShouldBe("");
    }

    [Fact]
    public async Task Identity_NamesWhoAndTheDecidingKey()
    {
        const string toml = "[[runners]]\nname = \"one\"\nexecutor = \"docker\"\n[[runners]]\nname = \"two\"\nexecutor = \"kubernetes\"\n[runners.kubernetes.pod_security_context]\nrun_as_group = 1500\n";
        var answer = (await portal.Api.PostAsync("runner-config/identity", new { toml, jobUser = 1000, serviceUser = (string?)null })).ShouldBe(200).Json;

        answer["runner"]!.GetValue<string>().ShouldBe("runners[1]");
        answer["containers"]!.AsArray().Select(one => $"{one!["name"]} {one["uid"]?.ToString() ?? "null"} {one["gid"]} {one["uidFrom"]} {one["gidFrom"]}").ShouldBe(
        [
            "build 1000 1500 job runners[1].kubernetes.pod_security_context.run_as_group",
            "helper null 1500 image runners[1].kubernetes.pod_security_context.run_as_group",
            "service null 1500 image runners[1].kubernetes.pod_security_context.run_as_group",
            "init-permissions null 1500 image runners[1].kubernetes.pod_security_context.run_as_group",
        ]);
        answer["warnings"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task WrongInput_NamesTheField()
    {
        (await portal.Api.PostAsync("runner-config/validate", new { targetVersion = "newest" })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["toml", "targetVersion"], ignoreOrder: true);
        (await portal.Api.PostAsync("runner-config/identity", new { toml = "[[runners]]\nexecutor = \"docker\"" })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["toml"]);
        (await portal.Api.PostAsync("runner-config/identity", new { toml = "[[runners" })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["toml"]);
        (await portal.Api.PostAsync("runner-config/identity", new { toml = "[[runners]]\nexecutor = \"kubernetes\"", runner = 1 })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["runner"]);
        (await portal.Api.PostAsync("runner-config/identity", new { toml = "[[runners]]\nexecutor = \"kubernetes\"", runnerName = "x" })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["runnerName"]);
    }
}
