using System.Text.RegularExpressions;
using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Domain.Tests.Readiness.RuleSamples;

/// <summary>
/// What each rule must and must not fire on, written from the facts sheet alone. The tables stand beside this file. A heading
/// <c>--- # R05 fires: why</c> or <c>silent: why</c> has a CI file below it; <c>R05 fires per line</c> has commands, each the
/// only one of a job; <c>with {…}</c> names the runner's profile as the scan's body writes it.
/// </summary>
public sealed partial class RuleSampleTests
{
    public static TheoryData<string> Rules => [.. RuleSample.All.Select(sample => sample.Rule).Distinct()];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Sample_OfRule_FiresWhereItMustAlone(string rule)
    {
        var wrong = from sample in RuleSample.All
                    where sample.Rule == rule
                    let fired = ReadinessScanner.Default.Scan(sample.Yaml, sample.Profile).Findings.Select(finding => finding.Rule).ToHashSet()
                    where fired.Contains(rule) != sample.Fires
                    select $"{sample.Title} {(sample.Fires ? "must fire" : "must be silent")}; did: {string.Join(' ', fired)}";

        string.Join('\n', wrong).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(100 * 1024, 1, false)]
    [InlineData(100 * 1024 + 1, 1, true)]
    [InlineData(64 * 1024, 16, false)]
    [InlineData(65 * 1024, 16, true)]
    public void HugeVariables_AtTheirLimits_FireAbove(int characters, int variables, bool fires)
    {
        var lines = Enumerable.Range(0, variables).Select(at => $"V{at}: \"{new string('x', characters)}\"");

        ReadinessScanner.Default.Scan($"job: {{script: [make], variables: {{{string.Join(", ", lines)}}}}}").Findings.Any(finding => finding.Rule == "R39").ShouldBe(fires);
    }

    [Fact]
    public void Sample_EachCiFile_IsReadWithoutProblem() =>
        RuleSample.All.SelectMany(sample => ReadinessScanner.Default.Scan(sample.Yaml).Configuration.Problems.Select(problem => $"{sample.Title}: {problem.Message}")).ShouldBeEmpty();

    [Fact]
    public void Samples_EachRuleButThatOfSizes_HasSome() =>
        RuleSample.All.Where(sample => sample.Fires).Select(sample => sample.Rule).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(1, 45).Except([39]).Select(number => $"R{number:00}"));

    [Fact]
    public void Findings_AndRules_SpeakAsMaintainersDo()
    {
        // What a job itself names, such as the image kaniko-project/executor, is theirs.
        var said = RuleSample.All.SelectMany(sample => ReadinessScanner.Default.Scan(sample.Yaml, sample.Profile).Findings)
            .SelectMany(finding => (string[])[finding.Message, finding.Remedy]).Select(text => text.Replace("/executor", "", StringComparison.Ordinal));
        var told = ReadinessRules.All.SelectMany(rule => (string[])[rule.Title, rule.Why]);

        said.Concat(told).Where(text => OursAlone().IsMatch(text)).Distinct().ShouldBeEmpty();
    }

    [GeneratedRegex(@"\b(executor|cohort|gate|stratum|plan)s?\b", RegexOptions.IgnoreCase)]
    private static partial Regex OursAlone();
}
