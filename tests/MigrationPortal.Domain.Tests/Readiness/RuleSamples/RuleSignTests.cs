using System.Text;
using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Domain.Tests.Readiness.RuleSamples;

/// <summary>Signs only save time: a scan that asks every rule about every job finds the same.</summary>
public sealed class RuleSignTests
{
    private static readonly ReadinessScanner AskingAll = new([.. ReadinessRules.All.Select(rule => new Unsigned(rule))]);

    private static readonly RunnerProfile Narrow = new() { MemoryLimit = 4L << 30, RunAsNonRoot = true, AllowedImages = ["node:*"], EgressPorts = [443], TagSets = [["docker"]], OldMounts = ["/opt/x"], OldHosts = ["db.corp", "redis"] };

    [Fact]
    public void Sample_EveryRuleAsked_FindsTheSame()
    {
        foreach (var sample in RuleSample.All)
        {
            Same(sample.Yaml, sample.Profile, sample.Title);
            Same(sample.Yaml, Narrow, sample.Title);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void JobsOfMixedLines_EveryRuleAsked_FindTheSame(int seed)
    {
        var random = new Random(seed);
        var lines = RuleSample.All.Select(sample => sample.Yaml).Where(yaml => yaml.StartsWith("job: {image: \"debian:12\", script: [", StringComparison.Ordinal)).Select(yaml => yaml["job: {image: \"debian:12\", script: [".Length..^2]).ToList();
        var yaml = new StringBuilder("variables: {NODE_OPTIONS: --max-old-space-size=8192}\n");
        for (var job = 0; job < 200; job++)
        {
            yaml.Append(null, $"j{job}:\n  services: [{(random.Next(2) == 0 ? "postgres:16" : "docker:dind")}]\n  variables: {{V{job % 7}: {One()}, APP_HOST: redis}}\n  script:\n");
            for (var line = 0; line < 5; line++) yaml.Append(null, $"    - {One()}\n");
        }

        Same(yaml.ToString(), RunnerProfile.Default, $"seed {seed}");
        Same(yaml.ToString(), Narrow, $"seed {seed}");

        string One() => lines[random.Next(lines.Count)];
    }

    private static void Same(string yaml, RunnerProfile profile, string title) =>
        ReadinessScanner.Default.Scan(yaml, profile).Findings.ShouldBe(AskingAll.Scan(yaml, profile).Findings, title);

    private sealed class Unsigned(ReadinessRule rule) : ReadinessRule
    {
        public override string Id => rule.Id;

        public override string Title => rule.Title;

        public override string Why => rule.Why;

        public override Severity Usual => rule.Usual;

        public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile) => rule.Look(job, profile);
    }
}
