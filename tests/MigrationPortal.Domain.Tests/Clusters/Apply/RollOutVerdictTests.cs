using System.Text.Json.Nodes;
using MigrationPortal.Domain.Clusters.Apply;

namespace MigrationPortal.Domain.Tests.Clusters.Apply;

public sealed class RollOutVerdictTests
{
    private const string Old = "k8s-config-0123456789";
    private const string New = "k8s-config-abcdef0123";

    [Theory]
    [InlineData(New, New, true)]
    [InlineData(New, Old, false)]
    [InlineData(null, Old, true)]
    public void OfARunner_WhatItsDeploymentNames_IsWhatRuns(string? wanted, string named, bool isWell) =>
        (RollOutVerdict.Of(Runner(2, wanted), Deployment(named), new StepNotes(null, 2, StepNotes.Of(Deployment(Old)), [])) is RollOutVerdict.Well).ShouldBe(isWell);

    [Theory]
    [InlineData(1L, "copied", false, "the Runner changed and its pods did not")]
    [InlineData(2L, "copied", true, "nothing changed")]
    [InlineData(1L, "copied anew", true, "both changed")]
    [InlineData(null, "copied", true, "nothing was noted")]
    public void OfAnOperatorThatCopies_TheDeploymentMustHaveChanged(long? noted, string named, bool isWell, string because) =>
        (RollOutVerdict.Of(Runner(2, New), Deployment(named), noted is null ? null : new StepNotes(null, noted, StepNotes.Of(Deployment("copied")), [])) is RollOutVerdict.Well).ShouldBe(isWell, because);

    [Fact]
    public void WithoutADeployment_ItWaits() => RollOutVerdict.Of(Runner(1, New), null, null).ShouldBeOfType<RollOutVerdict.Waits>();

    private static LiveObject Runner(long generation, string? config) =>
        Of($$"""{"metadata":{"name":"k8s","uid":"u","generation":{{generation}} },"spec":{ {{(config is null ? "" : $"\"config\":\"{config}\"")}} },"status":{"phase":"Running"} }""");

    private static LiveObject Deployment(string named) =>
        Of($$"""{"metadata":{"name":"k8s-runner","generation":1},"spec":{"replicas":1,"template":{"spec":{"volumes":[{"configMap":{"name":"{{named}}"} }] } } },"status":{"observedGeneration":1,"replicas":1,"updatedReplicas":1,"availableReplicas":1} }""");

    private static LiveObject Of(string json) => new(JsonNode.Parse(json)!.AsObject());
}
