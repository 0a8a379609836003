using CsCheck;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

public sealed class ManagerSettingsTests
{
    [Fact]
    public void Contract_ReadAndWrittenBack_IsTheSameText()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        foreach (var (name, toml) in RunnerContract.Parsable()) WrittenBack(Read(toml)).ShouldBe(Read(toml).Render(), name);
    }

    [Fact]
    public void Contract_TypedAndFreePartsTogether_AreTheWhole()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        foreach (var (name, toml) in RunnerContract.Parsable()) AreTheWhole(Read(toml), name);
    }

    [Fact]
    public void AnyDocument_ReadAndWrittenBack_LosesNothing() => Documents.Sample(
        document =>
        {
            WrittenBack(document).ShouldBe(document.Render());
            AreTheWhole(document, document.Render());
        },
        iter: 1_000, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Model_WrittenIntoAnEmptyDocument_IsReadAsItIs()
    {
        const string toml = """
            concurrent = 4

            [[runners]]
              name = "k8s"
              environment = ["FF_PRINT_POD_EVENTS=true"]

              [runners.kubernetes]
                namespace = "ci"
                privileged = false
                cpu_request = "500m"
                service_memory_limit = "1Gi"
                poll_timeout = 0

                [runners.kubernetes.pod_security_context]
                  run_as_user = 0

                [runners.kubernetes.volumes]

                  [[runners.kubernetes.volumes.secret]]
                    name = "one"
                    mount_path = "/one"

                    [runners.kubernetes.volumes.secret.items]
                      "a.json" = "b/a.json"

            """;
        var model = ManagerSettings.Of(Read(toml));
        var kubernetes = model.Runners![0].Kubernetes!;
        kubernetes.Security.Privileged.ShouldBe(false);
        kubernetes.Security.AllowPrivilegeEscalation.ShouldBeNull();
        kubernetes.Waits.PollTimeout.ShouldBe(0);
        kubernetes.Service.MemoryLimit.ShouldBe("1Gi");
        model.Runners[0].IsOn("FF_PRINT_POD_EVENTS").ShouldBeTrue();

        var empty = new ConfigDocument(new ConfigTable());
        ConfigLens.Write(empty.Root, model);
        empty.Root.IsSame(Read(toml).Root).ShouldBeTrue(empty.Render());
    }

    [Fact]
    public void Write_ChangesOnlyWhatChanged()
    {
        var document = Read("[[runners]]\n  [runners.kubernetes]\n    pull_policy = \"always\"\n    unknown = 1\n    poll_timeout = \"soon\"\n    [[runners.kubernetes.services]]\n      name = \"a\"\n      mystery = true\n    [[runners.kubernetes.services]]\n      name = \"b\"\n");
        var model = ManagerSettings.Of(document);
        var kubernetes = model.Runners![0].Kubernetes!;
        kubernetes.Waits.PollTimeout.ShouldBeNull("a text is no number, and stays for the findings");

        ConfigLens.Write(document.Root, model with { Runners = [model.Runners[0] with { Kubernetes = kubernetes with { Namespace = "ci", Services = [kubernetes.Services![1]] } }] });

        document.Runners[0].Below("kubernetes")!.Entries.Select(entry => entry.Key).ShouldBe(["pull_policy", "unknown", "poll_timeout", "services", "namespace"]);
        document.Render().ShouldContain("pull_policy = \"always\"");
        document.Render().ShouldNotContain("mystery");
        document.Runners[0].Below("kubernetes")!.Tables("services").ShouldHaveSingleItem().Text("name").ShouldBe("b");
    }

    [Fact]
    public void Write_ATableTakenAway_KeepsWhatTheModelDoesNotKnow()
    {
        var document = Read("[[runners]]\n  [runners.cache]\n    Type = \"s3\"\n    [runners.cache.s3]\n      BucketName = \"b\"\n      AssumeRoleMaxConcurrency = 3\n");
        var model = ManagerSettings.Of(document);

        ConfigLens.Write(document.Root, model with { Runners = [model.Runners![0] with { Cache = null }] });

        document.Runners[0].Below("cache", "s3")!.Entries.Select(entry => entry.Key).ShouldBe(["AssumeRoleMaxConcurrency"]);
        document.Runners[0].Table("cache")!.Text("Type").ShouldBeNull();
    }

    [Fact]
    public void Rest_IsOnlyWhatTheModelDoesNotHold()
    {
        var document = Read("concurrent = 1\nunknown = 2\n[[runners]]\n  name = \"a\"\n[[runners]]\n  name = \"b\"\n  limit = \"many\"\n  [runners.docker]\n    image = \"x\"\n");

        ConfigRest.Of(document).Root.IsSame(Read("unknown = 2\n[[runners]]\n[[runners]]\n  limit = \"many\"\n  [runners.docker]\n    image = \"x\"\n").Root).ShouldBeTrue();
        ConfigRest.Replace(document, Read("[[runners]]\n  output_limit = 7\n[[runners]]\n[[runners]]\n  name = \"c\"\n"));
        document.Root.IsSame(Read("concurrent = 1\n[[runners]]\n  name = \"a\"\n  output_limit = 7\n[[runners]]\n  name = \"b\"\n[[runners]]\n  name = \"c\"\n").Root).ShouldBeTrue(document.Render());
    }

    [Fact]
    public void EveryTypedKey_IsAKeyOfTheRunner_OfItsType()
    {
        foreach (var (path, type) in Paths(typeof(ManagerSettings), ""))
        {
            var key = ConfigKeys.Find(path).ShouldNotBeNull(path);
            key.Type.ShouldBeOneOf(Types(type), path);
        }
    }

    private static string[] Types(Type type) => ConfigValues.RecordOf(type) is not null ? ConfigValues.IsList(type) ? ["array-of-tables"] : ["table"]
        : type == typeof(string) ? ["string", "duration-string"]
        : type == typeof(long?) ? ["int"]
        : type == typeof(double?) ? ["float"]
        : type == typeof(bool?) ? ["bool"]
        : type == typeof(IReadOnlyList<string>) ? ["string[]", "string|string[]"]
        : type == typeof(IReadOnlyList<long>) ? ["int[]"]
        : [$"table<string,{type.GetGenericArguments()[1].Name switch { "String" => "string", "Int64" => "int", _ => "bool" }}>"];

    private static IEnumerable<(string Path, Type Type)> Paths(Type record, string path) =>
        ConfigShape.Of(record).Keys().SelectMany(one =>
        {
            var here = path + one.Key;
            return ConfigValues.RecordOf(one.Type) is { } below ? Paths(below, here + (ConfigValues.IsList(one.Type) ? "[]." : ".")).Prepend((here, one.Type)) : [(here, one.Type)];
        });

    private static string WrittenBack(ConfigDocument document)
    {
        var copy = document.Copy();
        ConfigLens.Write(copy.Root, ManagerSettings.Of(copy));
        return copy.Render();
    }

    private static void AreTheWhole(ConfigDocument document, string name)
    {
        var copy = document.Copy();
        ConfigRest.Replace(copy, ConfigRest.Of(copy));
        copy.Root.IsSame(document.Root).ShouldBeTrue(name);

        // From nothing: the same keys, in the model's own spelling and form.
        var typed = new ConfigDocument(new ConfigTable());
        ConfigLens.Write(typed.Root, ManagerSettings.Of(document));
        ConfigRest.Replace(typed, ConfigRest.Of(document));
        Keys(typed).ShouldBe(Keys(document), name);
    }

    private static IEnumerable<string> Keys(ConfigDocument document) => KeyWalk.Of(document).Select(use => use.SchemaPath.ToLowerInvariant()).Order(StringComparer.Ordinal);

    private static readonly Gen<ConfigNode> Values = Gen.OneOf<ConfigNode>(
        Gen.OneOf(new[] { "", "a", "500m", "always" }.Select(one => Gen.Const(one)).ToArray()).Select(text => (ConfigNode)new ConfigScalar(text)),
        Gen.Int[-1, 3].Select(number => (ConfigNode)new ConfigScalar((long)number)),
        Gen.Bool.Select(flag => (ConfigNode)new ConfigScalar(flag)),
        Gen.OneOf(new[] { "a", "b" }.Select(one => Gen.Const(one)).ToArray()).List[0, 2].Select(texts => (ConfigNode)ConfigList.Of(texts)));

    // Keys that the model knows, with right and wrong values, beside unknown ones.
    private static Gen<ConfigTable> Table(Type record, int depth)
    {
        var keys = ConfigShape.Of(record).Keys().ToList();
        var entries = Gen.Int[0, keys.Count].SelectMany(at => at == keys.Count
            ? Values.Select(value => ("unknown", value))
            : ConfigValues.RecordOf(keys[at].Type) is { } below && depth > 0
                ? Gen.OneOf(Values, Table(below, depth - 1).Select(one => (ConfigNode)one), Table(below, depth - 1).List[1, 2].Select(many => (ConfigNode)ConfigList.Of(many))).Select(value => (keys[at].Key, value))
                : Values.Select(value => (keys[at].Key, value)));
        return entries.List[0, 6].Select(list =>
        {
            var table = new ConfigTable();
            foreach (var (key, value) in list) table.TryAdd(key, value);
            return table;
        });
    }

    private static readonly Gen<ConfigDocument> Documents = Gen.Select(Table(typeof(ManagerSettings), 0), Table(typeof(RunnerSettings), 0).List[1, 2], Table(typeof(KubernetesSettings), 3), (root, runners, kubernetes) =>
    {
        runners[0].Set("kubernetes", kubernetes);
        root.Set("runners", ConfigList.Of(runners));
        return new ConfigDocument(root);
    });

    private static ConfigDocument Read(string toml) => ConfigDocument.Read(toml).Document.ShouldNotBeNull();
}
