using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.RunnerConfig;

[Collection(PortalCollection.Name)]
public sealed class ConvertApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Convert_OfADockerRunner_WritesKubernetesAndSpeaksOfEveryKey()
    {
        const string Toml = """
            concurrent = 4
            [[runners]]
              name = "builds"
              token = "glrt-ThisIsASecret1"
              executor = "docker"
              [runners.docker]
                image = "node:22"
                memory = "2g"
                volumes = ["/cache", "/var/run/docker.sock:/var/run/docker.sock"]
            """;

        var answer = (await portal.Api.PostAsync("runner-config/convert", new { toml = Toml, targetVersion = "18.9", @namespace = "ci-jobs" })).ShouldBe(200).Json;

        var toml = answer["toml"]!.GetValue<string>();
        toml.ShouldContain("executor = \"kubernetes\"");
        toml.ShouldContain("memory_limit = \"2Gi\"");
        toml.ShouldContain("namespace = \"ci-jobs\"");
        toml.ShouldNotContain("glrt-");
        var keys = answer["keys"]!.AsArray().ToDictionary(key => key!["key"]!.GetValue<string>(), key => key!);
        keys.Keys.ShouldBe(["concurrent", "runners.name", "runners.token", "runners.executor", "runners.docker.image", "runners.docker.memory", "runners.docker.volumes"]);
        (keys["runners.docker.memory"]["line"]!.GetValue<int>(), keys["runners.docker.memory"]["mapping"]!.GetValue<string>(), keys["runners.docker.memory"]["target"]!.GetValue<string>()).ShouldBe((8, "approximate", "kubernetes.memory_limit"));
        keys["runners.docker.volumes"]["mapping"]!.GetValue<string>().ShouldBe("impossible");
        keys["runners.token"]["remedy"]!.GetValue<string>().ShouldContain("new runner");
        answer["notes"]!.AsArray().Select(note => note!["code"]!.GetValue<string>()).ShouldContain("no-host-cache");
        answer["worksheet"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Convert_WithoutADockerRunner_SaysWhatStaysAndWhy()
    {
        var refused = (await portal.Api.PostAsync("runner-config/convert", new { toml = "[[runners]]\nname = \"win\"\nexecutor = \"docker-windows\"\n" })).ShouldRefuse(422, "no-docker-runner");

        refused.Json["reasons"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("Runner win: It stays: Windows jobs are not moved to Kubernetes. Keep the docker-windows runner.");
    }

    [Fact]
    public async Task ConvertMany_SumsUp_AndNoFileStopsTheOthers()
    {
        object Files() => new { files = new[] { new { name = "a/config.toml", toml = "[[runners]]\nexecutor = \"docker\"\n[runners.docker]\ndevices = [\"/dev/kvm\"]\n" }, new { name = "b.toml", toml = "[[runners" }, new { name = "c.toml", toml = "[[runners]]\nexecutor = \"shell\"\n" } } };

        var answer = (await portal.Api.PostAsync("runner-config/convert-many", Files())).ShouldBe(200).Json;

        var files = answer["files"]!.AsArray();
        files.Select(file => file!["toml"] is null).ShouldBe([false, true, true]);
        files[1]!["problems"]!.AsArray()[0]!.GetValue<string>().ShouldContain("line 1");
        files[2]!["problems"]!.AsArray()[0]!.GetValue<string>().ShouldContain("shell");
        answer["sum"]!.ToJsonString().ShouldBe("""{"files":3,"converted":1,"direct":1,"approximate":0,"impossible":1}""");
        answer["impossibleKeys"]!.ToJsonString().ShouldBe("""[{"key":"runners[].docker.devices","count":1,"files":1}]""");

        var zip = (await portal.Api.PostAsync("runner-config/convert-many?as=zip", Files())).ShouldBe(200);
        zip.Type.ShouldBe("application/zip");
        (await portal.Api.PostAsync("runner-config/convert-many?as=tar", new { files = Array.Empty<object>() })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["as", "files"], ignoreOrder: true);
    }

    [Fact]
    public async Task Convert_WrongInput_NamesTheFieldAndTheLine()
    {
        (await portal.Api.PostAsync("runner-config/convert", new { toml = " ", targetVersion = "new", @namespace = "Ci_Jobs" })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["toml", "targetVersion", "namespace"], ignoreOrder: true);
        (await portal.Api.PostAsync("runner-config/convert", new { toml = "concurrent = 1\n[[runners\n" })).ShouldRefuse(400, "invalid-request").Errors["toml"].ShouldContain("line 2");
        (await portal.Api.PostAsync("runner-config/convert", new { toml = "concurrent = ${n}\n" })).ShouldRefuse(400, "invalid-request").Errors["toml"].ShouldContain("Terraform");
    }
}
