using MigrationPortal.Domain.Readiness;
using YamlDotNet.Serialization;

namespace MigrationPortal.Domain.Tests.Readiness;

/// <summary>The scanner fixtures of the contract: each fragment and the rule that must, or must not, fire on it.</summary>
public sealed class ReadinessFixtureTests
{
    [Fact]
    public void Fixtures_EachRule_FiresWhereItMustAlone()
    {
        var file = KubernetesContract.Find("ci", "readiness-fixtures.yaml");
        Assert.SkipWhen(file is null, "The contract data (../shared) is not beside the repository.");
        var fixtures = new DeserializerBuilder().Build().Deserialize<List<Dictionary<string, object>>>(File.ReadAllText(file));
        var writer = new SerializerBuilder().JsonCompatible().Build();

        var wrong = from fixture in fixtures
                    let rule = (string)fixture["rule"]
                    let yaml = writer.Serialize(fixture["ci"])
                    let fired = ReadinessScanner.Default.Scan(yaml).Findings.Select(finding => finding.Rule).ToHashSet()
                    where fired.Contains(rule) == fixture.ContainsKey("negative")
                    select $"{rule}{(fixture.ContainsKey("negative") ? " must not" : "")}: {yaml} → {string.Join(' ', fired)}";

        fixtures.Count.ShouldBeGreaterThan(20);
        wrong.ShouldBeEmpty();
    }
}
