using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.TwinRuns;

public sealed class TwinTagsTests
{
    private static readonly MoveTags Known = new("k8s-default", "docker-fallback", new Dictionary<string, string?> { ["linux"] = "k8s-default", ["large"] = "k8s-large", ["gpu"] = null }, new HashSet<string>());

    /// <summary>Who takes what: each a tag set and the roles of its runners.</summary>
    private static readonly Dictionary<string, RunnerRole?[]> OptIn = new()
    {
        [""] = [RunnerRole.Legacy],
        ["linux"] = [RunnerRole.Legacy, null],
        ["large"] = [RunnerRole.Legacy],
        ["gpu"] = [RunnerRole.Legacy],
        ["docker-fallback"] = [RunnerRole.Legacy],
        ["k8s-default"] = [RunnerRole.Kubernetes],
    };

    [Theory]
    [InlineData("", "", "k8s-default")]
    [InlineData("linux", "linux", "k8s-default")]
    [InlineData("k8s-default", "docker-fallback", "k8s-default")]
    [InlineData("docker-fallback", "docker-fallback", "k8s-default")]
    public void EachCopy_LeadsToItsExecutor(string from, string docker, string kubernetes)
    {
        var tags = Of(from, OptIn).Match(done => done, no => throw new InvalidOperationException(string.Join(' ', no.Reasons)));
        (string.Join(' ', tags.Docker), string.Join(' ', tags.Kubernetes)).ShouldBe((docker, kubernetes));
    }

    [Theory]
    [InlineData("gpu", "no counterpart")]
    [InlineData("large", "No Kubernetes runner")]
    public void WhatIsNotServed_IsRefused(string from, string why) => Of(from, OptIn).Match(done => "", no => $"{no.Code}: {string.Join(' ', no.Reasons)}").ShouldSatisfyAllConditions(said => said.ShouldStartWith("no-runner: "), said => said.ShouldContain(why));

    /// <summary>What a variable gives now is translated like a tag that is written; the copy on docker keeps the variable where that leads there.</summary>
    [Theory]
    [InlineData("", "$RUNNER_TAG", "k8s-default")]
    [InlineData("linux", "$RUNNER_TAG", "k8s-default")]
    [InlineData("large", "$RUNNER_TAG", "k8s-large")]
    [InlineData("k8s-default", "docker-fallback", "k8s-default")]
    [InlineData("gpu", null, "no counterpart")]
    [InlineData("$RUNNER_TAG", null, "no counterpart")]
    [InlineData(null, null, "could not be seen")]
    public void Variable_IsTranslatedByWhatItGivesNow(string? now, string? docker, string kubernetes)
    {
        var runners = new Dictionary<string, RunnerRole?[]>(OptIn) { ["k8s-large"] = [RunnerRole.Kubernetes] };
        var said = TwinTags.Of("job", ["$RUNNER_TAG"], now is null ? null : TagSet.Of(now.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Known, set => runners.GetValueOrDefault(string.Join(' ', set), []));
        if (docker is null) said.Match(_ => "", no => $"{no.Code}: {no.Reasons[0]}").ShouldContain(kubernetes);
        else said.Match(tags => (string.Join(' ', tags.Docker), string.Join(' ', tags.Kubernetes)), no => throw new InvalidOperationException(no.Reasons[0])).ShouldBe((docker, kubernetes));
    }

    [Fact]
    public void UntaggedJob_WhileBothTakeIt_GetsTheFallbackTagOnDocker()
    {
        var both = new Dictionary<string, RunnerRole?[]>(OptIn) { [""] = [RunnerRole.Legacy, RunnerRole.Kubernetes] };
        Of("", both).Match(done => string.Join(' ', done.Docker), no => no.Code).ShouldBe("docker-fallback");
        both.Remove("docker-fallback");
        Of("", both).Match(done => "", no => no.Reasons[0]).ShouldContain("no tag leads it to docker");
        Of("", []).Match(done => "", no => no.Reasons[0]).ShouldContain("No runner takes");
    }

    private static Outcome<TwinTags> Of(string from, Dictionary<string, RunnerRole?[]> runners) =>
        TwinTags.Of("job", [.. from.Split(' ', StringSplitOptions.RemoveEmptyEntries)], TagSet.Of(from.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Known, set => runners.GetValueOrDefault(string.Join(' ', set), []));
}
