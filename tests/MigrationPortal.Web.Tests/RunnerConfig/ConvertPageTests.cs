using System.IO.Compression;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using MigrationPortal.Web.RunnerConfig;
using MigrationPortal.Web.Tests.Readiness;

namespace MigrationPortal.Web.Tests.RunnerConfig;

public sealed class ConvertPageTests : IAsyncDisposable
{
    private const string Toml = """
        [[runners]]
          name = "builds"
          token = "glrt-ThisIsASecret1"
          executor = "docker+machine"
          [runners.docker]
            image = "node:22"
            memory = "2g"
            devices = ["/dev/kvm"]
            volumes = ["/cache", "/var/run/docker.sock:/var/run/docker.sock"]
          [runners.machine]
            IdleCount = 2
            MachineOptions = ["google-machine-type=n1-standard-4", "amazonec2-secret-key=ThisIsASecret2"]
        """;

    private readonly ReadinessKit kit = new();

    [Fact]
    public void BeforeAnythingIsConverted_SaysWhatWillStandHere()
    {
        kit.Type("");

        kit.Open<ConvertPage>("/runner-config/convert").Markup.ShouldContain("Nothing is converted yet");
    }

    [Fact]
    public void Conversion_StandsBesideTheSource_WithoutSecrets()
    {
        var page = Convert(Toml);

        page.Find("h1").TextContent.ShouldContain("cannot be said on Kubernetes");
        var lines = page.FindAll("ol.src li");
        lines[6].ClassList.ShouldContain("approximate");
        lines[6].QuerySelector("code")!.TextContent.ShouldBe("    memory = \"2g\"");
        lines[7].ClassList.ShouldContain("impossible");
        lines[7].QuerySelector(".sign")!.GetAttribute("aria-label").ShouldBe("impossible");
        page.Find(".toml pre").TextContent.ShouldContain("memory_limit = \"2Gi\"");
        page.Markup.ShouldNotContain("ThisIsASecret");
        page.Find("table.sheet").TextContent.ShouldContain("n1-standard-4");
    }

    [Fact]
    public void Keys_AreFilteredByTheAddress_AndTellEveryEntryOfAList()
    {
        var page = Convert(Toml, "/runner-config/convert?mapping=impossible");

        var keys = page.FindAll("table.keys tbody tr");
        keys.Select(key => key.QuerySelector("td:nth-child(2)")!.TextContent).ShouldBe(["runners.token", "runners.docker.devices", "runners.docker.volumes"]);
        keys[2].QuerySelectorAll("li").Length.ShouldBe(2);
        page.FindAll(".seg a").Select(link => link.TextContent.Split(' ')[0]).ShouldBe(["All", "impossible", "approximate", "direct"]);

        kit.Go("/runner-config/convert?mapping=direct");
        page.WaitForAssertion(() => page.FindAll("table.keys tbody tr").Select(key => key.QuerySelector("td:nth-child(2)")!.TextContent).ShouldContain("runners.docker.image"));
    }

    [Theory]
    [InlineData("", "Paste a config.toml, or choose files first.")]
    [InlineData("[[runners", "line 1")]
    [InlineData("[[runners]]\nexecutor = \"shell\"\n", "the executor shell is not docker")]
    [InlineData("concurrent = ${n}", "template of Terraform")]
    public void WhatCannotBeConverted_SaysWhy(string toml, string said) => Convert(toml).FindAll("[role=alert]").ShouldContain(alert => alert.TextContent.Contains(said, StringComparison.Ordinal));

    [Fact]
    public void Options_ThatAreWrong_NameTheRemedy()
    {
        kit.Type(Toml);
        var page = kit.Open<ConvertPage>("/runner-config/convert");
        page.FindAll(".options input.field")[0].Change("newest");
        page.FindAll(".options input.field")[1].Change("Not_A_Name");

        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("such as ci-jobs"));
        page.Find("[role=alert]").TextContent.ShouldContain("such as 18.9");
    }

    [Fact]
    public void SeveralFiles_AreSummedUp_AndOpenedByTheAddress()
    {
        kit.Type("");
        var page = kit.Open<ConvertPage>("/runner-config/convert");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(Toml, "one.toml"), InputFileContent.CreateFromText("[[runners", "two.toml"), InputFileContent.CreateFromBinary(Zip(("three/config.toml", Toml)), "folder.zip"));
        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("2 of 3\u00a0files converted"));
        page.FindAll("table.tbl")[0].TextContent.ShouldContain("three/config.toml");
        page.Find(".often").TextContent.ShouldContain("docker.devices");
        page.FindAll("table.keys").Count.ShouldBe(1);

        kit.Go("/runner-config/convert?file=two.toml");
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("two.toml was not converted."));
    }

    [Fact]
    public void AZip_ThatIsNone_IsRefused()
    {
        kit.Type("");
        var page = kit.Open<ConvertPage>("/runner-config/convert");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("no zip", "folder.zip"));
        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("folder.zip: The file is no zip"));
    }

    [Fact]
    public void WhatIsPasted_NeverStandsInTheAddress()
    {
        Convert(Toml);

        kit.Address.PathAndQuery.ShouldBe("/runner-config/convert");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<ConvertPage> Convert(string toml, string address = "/runner-config/convert")
    {
        kit.Type(toml);
        var page = kit.Open<ConvertPage>(address);
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Nothing is converted yet"));
        page.WaitForAssertion(() => page.Find("button[type=submit]").TextContent.ShouldBe("Convert"));
        return page;
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }

        return bytes.ToArray();
    }
}
