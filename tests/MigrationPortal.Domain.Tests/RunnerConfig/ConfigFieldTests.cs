using CsCheck;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

/// <summary>What a field shows, it reads again.</summary>
public sealed class ConfigFieldTests
{
    private static readonly Gen<string> Words = Gen.OneOf(Gen.String[Gen.Char["ab =\"\\\n\t#'"], 0, 8], Gen.Const(""), Gen.Const("key=value"), Gen.Const("a = b"), Gen.Const("\"x\""), Gen.Const("line\nline"));

    [Fact]
    public void ListsOfTexts() => Words.Array[1, 5].Sample(texts =>
    {
        var list = ConfigList.Of(texts);
        var (node, problem) = ConfigField.Read(ConfigKeys.Find("runners[].environment")!, ConfigField.Text(list));
        return problem is null && node!.IsSame(list);
    });

    [Fact]
    public void MapsOfTexts() => Gen.Dictionary(Words, Words)[1, 5].Sample(pairs =>
    {
        var table = new ConfigTable();
        foreach (var (name, value) in pairs) table.TryAdd(name, new ConfigScalar(value));
        var (node, problem) = ConfigField.Read(ConfigKeys.Find("runners[].kubernetes.node_tolerations")!, ConfigField.Text(table));
        return problem is null && node!.IsSame(table);
    });

    [Theory]
    [InlineData("\"\" =", "", "")]
    [InlineData("\"\" = \"\"", "", "")]
    [InlineData("a=b = NoSchedule", "a=b", "NoSchedule")]
    [InlineData("a =", "a", "")]
    public void Tolerations(string line, string name, string value) =>
        ((ConfigTable)ConfigField.Read(ConfigKeys.Find("runners[].kubernetes.node_tolerations")!, line).Node!).Entries.ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.Key.ShouldBe(name), one => one.Value.ShouldBeOfType<ConfigScalar>().Value.ShouldBe(value));
}
