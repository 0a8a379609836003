using System.IO.Compression;
using System.Text;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

public sealed class ConversionArchiveTests
{
    private const string Docker = "[[runners]]\nexecutor = \"docker\"\n[runners.docker]\nimage = \"alpine\"\nlinks = [\"a:b\"]\n";

    [Fact]
    public void Zip_OfConfigurations_IsReadInOrder_WithoutWhatIsNone()
    {
        using var zip = Zip(("b/config.toml", Docker), ("a/config.toml", "[[runners"), ("README.md", "no"), ("__MACOSX/a.toml", "no"), ("b/", ""), ("._c.toml", "no"));

        ConversionArchive.Read(zip).TryGet(out var files, out _).ShouldBeTrue();

        files!.Select(file => file.Name).ShouldBe(["a/config.toml", "b/config.toml"]);
        files![1].Toml.ShouldBe(Docker);
    }

    [Fact]
    public void Zip_ThatIsNone_OrHoldsNoConfiguration_IsRefused()
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(Docker));
        using var empty = Zip(("readme.md", "x"));

        Refused(text).ShouldContain("no zip");
        Refused(empty).ShouldContain("no .toml");
    }

    [Fact]
    public void ZipBomb_IsRefused_BeforeItIsUnpacked()
    {
        using var one = Zip(("a.toml", new string('#', ConversionArchive.LongestFile + 1)));
        using var many = Zip([.. Enumerable.Range(0, 12).Select(i => ($"{i}.toml", new string('#', ConversionArchive.LongestFile)))]);
        using var crowd = Zip([.. Enumerable.Range(0, ConversionArchive.MostFiles + 1).Select(i => ($"{i}.toml", ""))]);

        one.Length.ShouldBeLessThan(10_000);
        Refused(one).ShouldContain("a.toml is longer than");
        Refused(many).ShouldContain("together");
        Refused(crowd).ShouldContain("at most 200");
    }

    [Fact]
    public void Result_IsAZipOfTheFilesAndAReport_TheSameEachTime()
    {
        var converted = ConvertMany.Of([new("a/config.toml", Docker), new("../a/config.toml", Docker), new("broken.toml", "[[runners")], ConversionOptions.Default);

        var bytes = ConversionArchive.Write(converted);

        bytes.ShouldBe(ConversionArchive.Write(ConvertMany.Of([new("a/config.toml", Docker), new("../a/config.toml", Docker), new("broken.toml", "[[runners")], ConversionOptions.Default)));
        using var archive = new ZipArchive(new MemoryStream(bytes));
        archive.Entries.Select(entry => entry.FullName).ShouldBe(["report.md", "kubernetes/a/config.toml", "kubernetes/a/config.toml-2.toml"]);
        using var reader = new StreamReader(archive.GetEntry("kubernetes/a/config.toml")!.Open());
        ConfigDocument.Read(reader.ReadToEnd()).Document!.Runners[0].Text("executor").ShouldBe("kubernetes");
        using var report = new StreamReader(archive.GetEntry("report.md")!.Open());
        var told = report.ReadToEnd();
        told.ShouldContain("2 of 3 files converted");
        told.ShouldContain("| `runners[].docker.links` | 2 | 2 |");
        told.ShouldContain("It is no TOML: line 1");
        told.ShouldContain("## What behaves otherwise on Kubernetes");
    }

    private static string Refused(Stream zip)
    {
        ConversionArchive.Read(zip).TryGet(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("invalid-archive");
        return refusal.Reasons[0];
    }

    private static MemoryStream Zip(params (string Name, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }

        bytes.Position = 0;
        return bytes;
    }
}
