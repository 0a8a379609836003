using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Shared;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.Tests.Clusters.Smoke;

/// <summary>The CI file that a verification runs.</summary>
public sealed class SmokeFileTests
{
    private const string All = "allowed_images = [\"base:*\"]\npull_policy = [\"if-not-present\"]";
    private static readonly SmokeChoice Chosen = new("k8s \"q\"", "tools:2", "redis:7", 6379, null, [new("db.example.org", 5432, true), new("10.0.0.1", 22, false)]);

    [Fact]
    public void SameExpectations_SameText()
    {
        SmokeFile.Of(Try.Expect(All, Chosen)).ShouldBe(SmokeFile.Of(Try.Expect(All, Chosen)));
        SmokeFile.Of(Try.Expect(All, Chosen)).ShouldNotBe(SmokeFile.Of(Try.Expect(All)));
    }

    [Fact]
    public void EveryJob_IsYaml_HasTheTag_AndItsOwnImageOrNone()
    {
        var jobs = Read(SmokeFile.Of(Try.Expect(All, Chosen)));
        jobs.Count.ShouldBe(14);
        foreach (var (name, job) in jobs)
        {
            ((YamlSequenceNode)job["tags"]).Single().ToString().ShouldBe("k8s \"q\"");
            job.Children.ContainsKey("image").ShouldBe(name != "portal-smoke image", name);
        }

        jobs["portal-smoke identity"]["image"].ToString().ShouldBe("tools:2");
        jobs["portal-smoke image-refused"]["image"].ToString().ShouldBe("portal-smoke.invalid/not-allowed:1");
        jobs["portal-smoke pull-policy-refused"]["image"]["pull_policy"].ToString().ShouldBe("never");
        jobs["portal-smoke artifact-read"]["needs"][0].ToString().ShouldBe("portal-smoke artifact-write");
        jobs["portal-smoke cache-read"]["needs"][0].ToString().ShouldBe("portal-smoke cache-write");
    }

    [Fact]
    public void EveryCheck_IsAnsweredByAJobOfTheFile()
    {
        var expected = Try.Expect(All, Chosen);
        var jobs = Read(SmokeFile.Of(expected));
        foreach (var check in SmokeReading.Of(expected, []))
        {
            check.Seen.ShouldBe("GitLab made no such job");
            jobs.Values.Any(job => job["script"][0].ToString().Contains($"name={check.Key} value=", StringComparison.Ordinal)).ShouldBeTrue(check.Key);
        }

        SmokeReading.JobsOf(expected).ShouldBeSubsetOf(jobs.Keys);
    }

    [Fact]
    public void WhatIsNotPromisedOrChosen_HasNoJob()
    {
        var jobs = Read(SmokeFile.Of(Try.Expect("allowed_pull_policies = [\"always\", \"never\", \"if-not-present\"]")));
        jobs.Keys.ShouldNotContain("portal-smoke service");
        jobs.Keys.ShouldNotContain("portal-smoke image-refused");
        jobs.Keys.ShouldNotContain("portal-smoke pull-policy-refused");
    }

    [Theory]
    [InlineData("**", false)]
    [InlineData("portal-smoke.invalid/*", false)]
    [InlineData("*/not-allowed:?", false)]
    [InlineData("*", true)]
    [InlineData("registry.example.org/**", true)]
    public void ListThatAllowsTheImage_IsNotTried(string pattern, bool tried) =>
        (Try.Expect($"allowed_images = [\"{pattern}\"]").RefusedImage is not null).ShouldBe(tried);

    [Theory]
    [InlineData("executor = 1 = 2", "unreadable-configuration")]
    [InlineData("[[runners]]\nexecutor = \"docker\"", "not-kubernetes")]
    [InlineData("[[runners]]\nexecutor = \"kubernetes\"", "no-image")]
    public void ConfigurationThatCannotBeTried_IsRefused(string toml, string code) =>
        ((Outcome<SmokeExpectations>.Refused)SmokeExpectations.Of(toml, Try.Choice)).Refusal.Code.ShouldBe(code);

    [Theory]
    [InlineData("", null, null, 6379, "tag")]
    [InlineData("a b", null, null, 6379, "tag")]
    [InlineData("t", "x; rm -rf /", null, 6379, "image")]
    [InlineData("t", null, "$CI_REGISTRY/x", 6379, "serviceImage")]
    [InlineData("t", null, null, 0, "servicePort")]
    public void WhatEndsInAShell_IsMadeOfNames(string tag, string? image, string? service, int port, string field) =>
        SmokeChoiceRules.Problems(new SmokeChoice(tag, image, service, port, null, [])).Select(one => one.Field).ShouldBe([field]);

    [Fact]
    public void Places_AreHostsAndPorts() =>
        SmokeChoiceRules.Problems(Try.Choice with { Reach = [new("a$(id)", 1, true), new("b", 70000, true), new("c", 1, true), new("c", 1, false)] })
            .Select(one => one.Field).ShouldBe(["reach[0].host", "reach[1].port", "reach"]);

    private static Dictionary<string, YamlMappingNode> Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return ((YamlMappingNode)yaml.Documents[0].RootNode).Children.Where(one => one.Key.ToString().StartsWith(SmokeJob.Prefix, StringComparison.Ordinal)).ToDictionary(one => one.Key.ToString(), one => (YamlMappingNode)one.Value);
    }
}
