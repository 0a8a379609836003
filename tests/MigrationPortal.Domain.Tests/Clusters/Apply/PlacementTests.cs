using CsCheck;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.RunnerConfig;

namespace MigrationPortal.Domain.Tests.Clusters.Apply;

/// <summary>One revision for QA and production: what is the cluster's is replaced, everything else is as it was written.</summary>
public sealed class PlacementTests
{
    private const string Qa = "https://qa.example.org";

    private static readonly Cluster Cluster = new(
        1, "qa-a", new InstanceId("qa"), new ConnectionFacts(ConnectionKind.Token, "10.0.0.1:6443", null, null, "token", null, null), ["ci-jobs", "ci-big"], "runners", [], 1);

    [Theory]
    [InlineData("", "gitlab-runner", "ci-jobs", "ci-jobs", 2)]
    [InlineData("", "runners", "ci-big", "ci-big", 1)]
    [InlineData("", "runners", "elsewhere", "ci-jobs", 2)]
    [InlineData("namespace = \"ci-big\"", "runners", "elsewhere", "ci-big", 1)]
    [InlineData("namespace = \"prod-jobs\"", "runners", "ci-big", "ci-jobs", 2)]
    public void Namespaces_AreTheCluster_s_AndTheConfiguration_sWhereTheClusterHasIt(string key, string manager, string jobs, string expected, int notes)
    {
        var placed = Done(Placement.Of(Content(key, "", new DeploymentSettings { ManagerNamespace = manager, JobNamespace = jobs }), Cluster, Qa));
        (placed.JobNamespace, placed.Content.Deployment.ManagerNamespace, placed.Notes.Count).ShouldBe((expected, "runners", notes));
        Cluster.JobNamespaces.ShouldContain(placed.Content.Deployment.JobNamespace);
        placed.Notes[0].ShouldBe("GitLab is https://qa.example.org, that of the cluster, instead of https://gitlab.example.com/.");
        (ConfigDocument.Read(placed.Content.Toml).Document!.Runners[0].Table("kubernetes")!.Text("namespace") ?? "none").ShouldBe(key.Length == 0 ? "none" : expected);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("url = \"https://gitlab.example.com\"", "url = \"https://qa.example.org\"")]
    [InlineData("url = \"https://QA.example.org/\"", "url = \"https://QA.example.org/\"")]
    [InlineData("clone_url = \"https://gitlab.example.com/\"", "clone_url = \"https://qa.example.org\"")]
    public void Addresses_AreThoseOfTheClusterSGitLab_WhereTheyAreWritten(string key, string expected)
    {
        var placed = Done(Placement.Of(Content("", key, new DeploymentSettings()), Cluster, Qa));
        placed.Content.Deployment.GitLabUrl.ShouldBe(Qa);
        if (expected.Length > 0) placed.Content.Toml.ShouldContain(expected);
        else placed.Content.Toml.ShouldNotContain("qa.example.org");
    }

    [Fact]
    public void OfItsOwnCluster_NotALetterChanges()
    {
        var own = Content("# ours\nnamespace = 'ci-big'", "url = 'https://qa.example.org/'  # here", new DeploymentSettings { GitLabUrl = Qa + "/", ManagerNamespace = "runners" });
        var placed = Done(Placement.Of(own, Cluster, Qa));
        (placed.Content, placed.JobNamespace).ShouldBe((own, "ci-big"));
        placed.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void ReplacedValue_KeepsItsComment() =>
        Done(Placement.Of(Content("# the big machines\nnamespace = \"prod-jobs\"", "", new DeploymentSettings()), Cluster, Qa)).Content.Toml.ShouldContain("# the big machines");

    [Theory]
    [InlineData("", "clone_url = \"https://mirror.example.com\"", "clone_url names https://mirror.example.com")]
    [InlineData("host = \"https://10.9.9.9:6443\"", "", "kubernetes.host names the API server https://10.9.9.9:6443")]
    [InlineData("host = \"nonsense\"", "", "kubernetes.host names the API server nonsense")]
    [InlineData("host = \"https://10.0.0.1:6443\"", "", null)]
    [InlineData("host = \"https://kubernetes.default.svc:443\"", "", null)]
    public void WhatBelongsToOneClusterAlone_IsRefusedWithTheRemedy(string kubernetes, string runner, string? says)
    {
        var outcome = Placement.Of(Content(kubernetes, runner, new DeploymentSettings()), Cluster, Qa);
        var refused = outcome.Match<Refusal?>(_ => null, no => no);
        refused?.Code.ShouldBe("not-placeable");
        (refused is null).ShouldBe(says is null);
        if (says is not null) refused!.Reasons.ShouldHaveSingleItem().ShouldStartWith(says);
    }

    [Fact]
    public void PlacedTwice_IsAsPlacedOnce_AndNoOtherKeyChanges() =>
        Gen.Select(OneOf("", "url = \"https://gitlab.example.com\"", "url = \"https://qa.example.org\"", "clone_url = \"https://gitlab.example.com\""), OneOf("", "namespace = \"ci-big\"", "namespace = \"prod\""),
                OneOf("ci-jobs", "ci-big", "prod"), OneOf("runners", "gitlab-runner"), Gen.Int[1, 50], Gen.Enum<DeploymentKind>(), Gen.Int[1, 3])
            .Sample((url, space, jobs, manager, concurrent, kind, runners) =>
            {
                var toml = $"concurrent = {concurrent}\n" + string.Concat(Enumerable.Repeat(Runner(space, url), runners));
                Holds(new RunnerConfiguration(kind, toml, new Version(19, 3), new DeploymentSettings { JobNamespace = jobs, ManagerNamespace = manager, Replicas = concurrent }));
            });

    [Fact]
    public void EverySampleOfTheContract_IsPlacedOrRefused_AndNoOtherKeyChanges()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        var placed = RunnerContract.Parsable().Count(sample => Holds(new RunnerConfiguration(DeploymentKind.Manifests, sample.Toml, new Version(19, 3), new DeploymentSettings())));
        placed.ShouldBeGreaterThan(50);
    }

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(at => words[at]);

    private static bool Holds(RunnerConfiguration content)
    {
        if (!Placement.Of(content, Cluster, Qa).TryGet(out var once, out _)) return false;
        var twice = Done(Placement.Of(once.Content, Cluster, Qa));
        (twice.Content, twice.JobNamespace, twice.Notes.Count).ShouldBe((once.Content, once.JobNamespace, 0));
        Cluster.JobNamespaces.ShouldContain(once.JobNamespace);
        ConfigDiff.Of(content, once.Content).Select(one => one.Path).Where(path => path is not ("deployment.gitLabUrl" or "deployment.managerNamespace" or "deployment.jobNamespace")
            && path[(path.LastIndexOf('.') + 1)..] is not ("url" or "clone_url") && !path.EndsWith("kubernetes.namespace", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        return true;
    }

    private static RunnerConfiguration Content(string kubernetes, string runner, DeploymentSettings deployment) => new(DeploymentKind.Manifests, Runner(kubernetes, runner), new Version(19, 3), deployment);

    private static string Runner(string kubernetes, string runner) => $"[[runners]]\nexecutor = \"kubernetes\"\nname = \"k\"\n{runner}\n[runners.kubernetes]\nimage = \"alpine:3\"\n{kubernetes}\ncpu_limit = \"1\"\n";

    private static Placement Done(Outcome<Placement> outcome) => outcome.Match(done => done, no => throw new ShouldAssertException(string.Join(" ", no.Reasons)));
}
