using System.Text.Json;
using CsCheck;
using MigrationPortal.Domain.RunnerConfig;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

public sealed class ConfigDocumentTests
{
    [Fact]
    public void Read_KeepsLinesAndOrder()
    {
        var document = Read("concurrent = 4\n# a comment\n[[runners]]\n  name = \"one\" # beside\n  [runners.kubernetes]\n    image = \"alpine\"\n");

        document.Root.Whole("concurrent").ShouldBe(4);
        var runner = document.Runners.ShouldHaveSingleItem();
        runner.Line.ShouldBe(3);
        runner["name"]!.Line.ShouldBe(4);
        runner.Below("kubernetes")!["image"]!.Line.ShouldBe(6);
        document.Comments.ShouldBe([new(2, "a comment"), new(4, "beside")]);
    }

    [Theory]
    [InlineData("a = 1\na = 2", 2)]
    [InlineData("[[runners]]\n[runners.kubernetes]\n[runners.kubernetes]", 3)]
    [InlineData("[[runners]]\nname = \"x\"\nname = \"y\"", 3)]
    [InlineData("runners = 1\n[[runners]]", 2)]
    [InlineData("a = 1\n[a.b]", 2)]
    [InlineData("a = {b = 1}\n[a]", 2)]
    [InlineData("[[runners", 1)]
    [InlineData("x = \n", 1)]
    [InlineData("serviceAccountName: x", 1)]
    public void Read_Broken_NamesTheLine(string toml, int line)
    {
        var reading = ConfigDocument.Read(toml);

        reading.Document.ShouldBeNull();
        reading.Faults[0].Line.ShouldBe(line);
        reading.Faults[0].Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Read_ATableOpenedLater_IsOneTable()
    {
        var document = Read("[[runners]]\n  [runners.kubernetes.pod_security_context]\n    run_as_user = 1\n  [runners.kubernetes]\n    image = \"x\"\n");

        document.Runners[0].Below("kubernetes")!.Text("image").ShouldBe("x");
        document.Runners[0].Below("kubernetes", "pod_security_context")!.Whole("run_as_user").ShouldBe(1);
    }

    [Fact]
    public void Table_FindsNamesWhateverTheirCase_ExactFirst()
    {
        var table = Read("Image = \"a\"\nimage = \"b\"\n").Root;

        table.Text("image").ShouldBe("b");
        table.Text("IMAGE").ShouldBe("a");
    }

    [Fact]
    public void Render_ReadAgain_IsTheSame() =>
        Tables.Sample(table =>
        {
            var text = new ConfigDocument(table).Render();
            var reading = ConfigDocument.Read(text);
            reading.Document.ShouldNotBeNull($"{string.Join(" ", reading.Faults)} in\n{text}");
            Plain(reading.Document!.Root).ShouldBe(Plain(table));
            reading.Document.Render().ShouldBe(text);
        }, iter: 2_000, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Render_KeepsTheTolerationOfEverything() =>
        Read(Read("[[runners]]\n[runners.kubernetes.node_tolerations]\n\"\" = \"\"\n").Render()).Runners[0].Below("kubernetes", "node_tolerations")!.Text("").ShouldBe("");

    [Theory]
    [InlineData("arrays", 100_000)]
    [InlineData("tables", 100_000)]
    [InlineData("names", 100_000)]
    [InlineData("header", 100_000)]
    [InlineData("keys", 100_000)]
    [InlineData("runners", 100_000)]
    public void Read_WithoutEnd_IsRefused(string kind, int size)
    {
        string Many(string text) => string.Concat(Enumerable.Repeat(text, size));
        var toml = kind switch
        {
            "arrays" => $"x = {Many("[")}{Many("]")}",
            "tables" => $"x = {Many("{a=")}1{Many("}")}",
            "names" => $"[runners.feature_flags]\na{Many(".a")} = 1",
            "header" => $"[a{Many(".a")}]",
            "keys" => string.Join('\n', Enumerable.Range(0, size).Select(at => $"k{at} = 1")),
            _ => Many("[[runners]]\n"),
        };

        var reading = ConfigDocument.Read(toml);

        reading.Document.ShouldBeNull();
        reading.Faults.Count.ShouldBeInRange(1, 100);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    public void Patch_WithoutEnd_IsAFinding(string open)
    {
        var patch = string.Concat(Enumerable.Repeat(open, 100_000));
        var toml = $"[[runners]]\nexecutor = \"kubernetes\"\nenvironment = [\"FF_USE_ADVANCED_POD_SPEC_CONFIGURATION=true\"]\n[[runners.kubernetes.pod_spec]]\nname = \"x\"\npatch = \"{patch}\"\n";

        MigrationPortal.Domain.RunnerConfig.Checks.ValidateConfig.Of(toml).ShouldNotBeEmpty();
    }

    [Fact]
    public void Contract_EverySampleIsReadAndKeepsItsKeys()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        foreach (var (name, toml) in RunnerContract.Parsable())
        {
            var document = ConfigDocument.Read(toml).Document.ShouldNotBeNull(name);
            Plain(Read(document.Render()).Root).ShouldBe(Plain(document.Root), name);
        }

        foreach (var (id, toml, _) in RunnerContract.Blocks().Where(block => !block.Parses))
            ConfigDocument.Read(toml).Faults.ShouldNotBeEmpty(id);
    }

    [Fact]
    public void Contract_KeysAreThoseOfTheSchema()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        var schema = JsonDocument.Parse(RunnerContract.Text("schema/config-toml-keys.json")!).RootElement.GetProperty("keys").EnumerateArray().ToList();

        foreach (var wanted in schema)
        {
            var key = ConfigKeys.Find(wanted.GetProperty("path").GetString()!).ShouldNotBeNull();
            key.Type.ShouldBe(wanted.GetProperty("type").GetString());
            key.Nullable.ShouldBe(wanted.GetProperty("nullable").GetBoolean());
        }

        ConfigKeys.All.Count(key => key.LastRelease is null).ShouldBe(schema.Count);
    }

    [Theory]
    [InlineData("runners[].kubernetes.allowed_users", "18.4.0", true)]
    [InlineData("runners[].kubernetes.allowed_users", "18.3.0", false)]
    [InlineData("runners[].kubernetes.suspend_pvc_size", "19.4.0", false)]
    [InlineData("runners[].pre_clone_script", "16.11.2", true)]
    [InlineData("runners[].pre_clone_script", "17.0.0", false)]
    public void Key_IsReadByItsReleasesOnly(string path, string version, bool read) =>
        ConfigKeys.Find(path)!.IsReadBy(Version.Parse(version)).ShouldBe(read);

    [Fact]
    public void Walk_TellsUnknownFromMapsAndSections()
    {
        var uses = KeyWalk.Of(Read("[[runners]]\n  buids_dir = \"/x\"\n  [runners.kubernetes.pod_labels]\n    \"a.b/c\" = \"d\"\n  [[runners.kubernetes.volumes.projected]]\n    name = \"n\"\n")).ToList();

        uses.Where(use => use.IsUnknown).Select(use => use.SchemaPath).ShouldBe(["runners[].buids_dir", "runners[].kubernetes.volumes.projected"]);
        uses.Single(use => use.Map is not null).Map!.Name.ShouldBe("pod_labels");
    }

    private static readonly Gen<string> Names = Gen.OneOf(Gen.String[Gen.Char["abcXYZ_-019"], 1, 8], Gen.String[Gen.Char["a .\"\\/é\n"], 0, 5]);

    private static readonly Gen<ConfigNode> Scalars = Gen.OneOf<ConfigNode>(
        Gen.String[0, 12].Select(text => (ConfigNode)new ConfigScalar(Valid(text))),
        Gen.String[Gen.Char["a'\n\t \\\""], 0, 9].Select(text => (ConfigNode)new ConfigScalar(text)),
        Gen.Long.Select(number => (ConfigNode)new ConfigScalar(number)),
        Gen.Double[-1e300, 1e300].Select(number => (ConfigNode)new ConfigScalar(number)),
        Gen.Bool.Select(flag => (ConfigNode)new ConfigScalar(flag)));

    private static readonly Gen<ConfigTable> Tables = Table(3);

    private static Gen<ConfigTable> Table(int depth) =>
        Gen.Dictionary(Names, depth == 0 ? Scalars : Gen.OneOf(Scalars, Scalars.List[0, 3].Select(items => (ConfigNode)new ConfigList(items)),
            Table(depth - 1).Select(table => (ConfigNode)table), Table(depth - 1).List[1, 3].Select(items => (ConfigNode)ConfigList.Of(items))))[0, 4].Select(entries =>
        {
            var table = new ConfigTable();
            foreach (var (key, value) in entries) table.TryAdd(key, value);
            return table;
        });

    // A lone surrogate is no character and cannot be written in UTF-8.
    private static string Valid(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));

    private static ConfigDocument Read(string toml) => ConfigDocument.Read(toml).Document.ShouldNotBeNull();

    private static string Plain(ConfigNode node) => node switch
    {
        ConfigTable table => $"{{{string.Join(',', table.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{JsonSerializer.Serialize(entry.Key)}:{Plain(entry.Value)}"))}}}",
        ConfigList list => $"[{string.Join(',', list.Items.Select(Plain))}]",
        ConfigScalar { Value: ConfigDate date } => date.Text,
        ConfigScalar scalar => JsonSerializer.Serialize(scalar.Value),
        _ => throw new InvalidOperationException("A value without a case."),
    };
}
