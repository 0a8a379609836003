using System.Text.Json.Nodes;
using MigrationPortal.Domain.Clusters.Apply;

namespace MigrationPortal.Domain.Tests.Clusters.Apply;

public sealed class FieldTests
{
    [Theory]
    [InlineData("""{"c":""}""", "")]
    [InlineData("""{"c":0}""", "")]
    [InlineData("""{"c":false}""", "")]
    [InlineData("""{"c":[]}""", "")]
    [InlineData("""{"c":{"d":{}}}""", "")]
    [InlineData("""{"c":null}""", "")]
    [InlineData("""{"c":"x"}""", ".a.c")]
    [InlineData("""{"c":true}""", ".a.c")]
    [InlineData("""{"c":[0]}""", ".a.c")]
    [InlineData("""{"c":{"d":1}}""", ".a.c")]
    public void WhatDoesNotComeBack_IsDropped_UnlessItIsNothing(string sent, string gone) =>
        string.Join(' ', PrunedFields.Of(new JsonObject { ["a"] = JsonNode.Parse(sent) }, Map("""{"a":{"other":1}}"""))).ShouldBe(gone);

    [Theory]
    [InlineData("""[{"containerPort":53,"protocol":"UDP","name":"dns"},{"containerPort":53,"name":"dns-tcp"}]""", """[{"containerPort":53,"protocol":"TCP","name":"dns-tcp"},{"containerPort":53,"protocol":"UDP","name":"dns"}]""", "")]
    [InlineData("""[{"containerPort":9252,"name":"metrics"}]""", """[{"containerPort":9252,"protocol":"TCP","name":"http"}]""", """.spec.containers[name="c"].ports[containerPort=9252,protocol="TCP"].name""")]
    [InlineData("""[{"containerPort":80}]""", """[{"containerPort":81}]""", """.spec.containers[name="c"].ports[containerPort=81,protocol="TCP"] .spec.containers[name="c"].ports[containerPort=80,protocol="TCP"]""")]
    public void Ports_AreToldApartByNumberAndProtocol(string from, string to, string changed) => Changed("ports", from, to).Where(one => !one.EndsWith("].protocol", StringComparison.Ordinal)).ShouldBe(changed.Length == 0 ? [] : changed.Split(' '));

    [Fact]
    public void Mounts_AreToldApartByTheirPath_OneVolumeMayBeMountedTwice() =>
        Changed("volumeMounts", """[{"name":"v","mountPath":"/a"},{"name":"v","mountPath":"/b"}]""", """[{"name":"v","mountPath":"/b"},{"name":"w","mountPath":"/a"}]""")
            .ShouldBe(["""spec.containers[name="c"].volumeMounts[mountPath="/a"].name""".Insert(0, ".")]);

    private static IEnumerable<string> Changed(string list, string from, string to) =>
        FieldDiff.Between(Of(list, from), Of(list, to)).Select(one => one.Path.ToString());

    private static JsonObject Of(string list, string items) => Map($$"""{"spec":{"containers":[{"name":"c","{{list}}":{{items}} }] } }""");

    private static JsonObject Map(string json) => JsonNode.Parse(json)!.AsObject();
}
