using System.Text.Json.Nodes;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

public sealed class PreviewApplyTests(PostgresFixture postgres)
{
    /// <summary>An Operator's definition of Runner in our own words, as strict as the real one: it knows these fields and no other.</summary>
    internal static string Crd(params string[] fields) => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: runners.apps.gitlab.com}
        spec:
          group: apps.gitlab.com
          scope: Namespaced
          names: {kind: Runner, plural: runners, singular: runner, listKind: RunnerList}
          versions:
          - name: v1beta2
            served: true
            storage: true
            subresources: {status: {} }
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  status: {type: object, properties: {phase: {type: string}, message: {type: string} } }
                  spec:
                    type: object
                    required: [gitlabUrl, token]
                    properties:
                      podSpec: {type: array, items: {type: object, properties: {name: {type: string}, patch: {type: string}, patchType: {type: string} } } }
        {{string.Concat(fields.Select(one => $"              {one}: {{type: {(one is "concurrent" or "interval" ? "integer" : "string")}}}\n"))}}
        """;

    [Fact]
    public async Task NothingThere_AllIsMade_NamespacesFirst_AndNothingIsWritten()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        var seen = await kit.PreviewedAsync();

        seen.Errors.ShouldBeEmpty(string.Join(" ", seen.Errors.Select(one => one.Sentence)));
        seen.Objects.Select(one => one.Key.ToString()).Take(2).ShouldBe(["Namespace gitlab-runner", "Namespace ci-jobs"], ignoreOrder: true);
        seen.Objects.Where(one => one.Effect == ObjectEffect.Create).ShouldAllBe(one => one.Key.Kind == "Namespace" || one.Key.Namespace == null);
        seen.Objects.Count(one => one.Effect == ObjectEffect.Later).ShouldBeGreaterThan(4, "what is in them cannot be tried before they are there");
        seen.Findings.Select(one => one.Code).ShouldContain("secret-missing");
        kit.Server.Objects.List("namespaces").Select(one => one["metadata"]!["name"]!.ToString()).ShouldNotContain(ApplyKit.Jobs);
        kit.Server.Objects.Count("deployments.apps").ShouldBe(0);
    }

    [Fact]
    public async Task AfterIt_NothingChanges_AndAChangeOfTheConfigurationAloneTouchesTheTemplate()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        (await kit.PreviewedAsync()).ChangesNothing.ShouldBeTrue();

        await kit.ReviseAsync(20);
        var seen = await kit.PreviewedAsync();
        var changed = seen.Objects.Where(one => one.Effect == ObjectEffect.Change).ToList();
        changed.Select(one => one.Key.Kind).ShouldBe(["ConfigMap", "Deployment", "ResourceQuota"], ignoreOrder: true);
        var config = changed.Single(one => one.Key.Kind == "ConfigMap").Changes.ShouldHaveSingleItem();
        (config.Path.ToString(), config.From?.Trim(), config.To?.Trim()).ShouldBe((".data.config.toml", "concurrent = 10", "concurrent = 20"));
        changed.Single(one => one.Key.Kind == "Deployment").Changes.ShouldHaveSingleItem().Path.ToString().ShouldStartWith(".spec.template.metadata.annotations.");
    }

    [Fact]
    public async Task AReleaseOfAnotherConfiguration_IsRefusedByItsName_AndNotPruned()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        var second = await kit.SecondAsync();
        var no = (await kit.Preview.RunAsync(kit.Cluster, second, null, ApplyExtras.All, default)).ShouldBeOfType<Outcome<ApplyPreview>.Refused>().Refusal;
        no.Code.ShouldBe("release-taken");
        no.Reasons.ShouldHaveSingleItem().ShouldContain($"hardened (configuration {kit.Configuration})");
        no.Reasons[0].ShouldContain("Deployment gitlab-runner/gitlab-runner");

        await kit.ReviseAsync(20, new DeploymentSettings { ManagerDisruptionBudget = true });
        await kit.HealthyAsync();
        await kit.ReviseAsync(30, new DeploymentSettings());
        (await kit.PreviewedAsync()).Removed.ShouldHaveSingleItem().Kind.ShouldBe("PodDisruptionBudget");
        kit.Server.Objects.Change("poddisruptionbudgets.policy", ApplyKit.Managers, "gitlab-runner", one => one["metadata"]!["labels"]![Rendering.ConfigurationLabel] = $"{second}", "kubectl");
        (await kit.PreviewedAsync()).Removed.ShouldBeEmpty();
    }

    [Fact]
    public async Task SomebodyElsesField_IsShownWithItsManager_AndSinceWhen()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        await kit.Server.Objects.ScaleAsync(3);
        var seen = await kit.PreviewedAsync();
        var held = seen.Objects.Single(one => one.Key.Kind == "Deployment").Conflicts.ShouldHaveSingleItem();
        (held.Path, held.Manager).ShouldBe((".spec.replicas", "kubectl"));
        held.Since.ShouldNotBeNull();
    }

    [Fact]
    public async Task AnOperatorThatDropsFields_IsAnErrorThatNamesItsVersion()
    {
        await using var kit = await ApplyKit.StartAsync(postgres, DeploymentKind.Operator);
        (await kit.PreviewedAsync()).Errors.Select(one => one.Code).ShouldContain("operator-missing");

        foreach (var name in (string[])[ApplyKit.Jobs, ApplyKit.Managers]) kit.Server.Objects.Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");
        kit.Server.Objects.Put(Crd("gitlabUrl", "token", "config", "concurrent", "interval"));
        var dropped = (await kit.PreviewedAsync()).Errors.ToList();
        dropped.ShouldNotBeEmpty();
        dropped.ShouldAllBe(one => one.Code == "unknown-field" || one.Code == "pruned-field");
        dropped[0].Sentence.ShouldContain("Operator 1.52.0");

        kit.Server.Objects.Put(Crd("gitlabUrl", "token", "config", "env", "concurrent", "interval", "namespace", "serviceaccount", "runnerImage", "logLevel"));
        (await kit.PreviewedAsync()).Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task AConfigMapOfARunner_HasANameThatSaysWhatIsInIt()
    {
        await using var kit = await ApplyKit.StartAsync(postgres, DeploymentKind.Operator);
        string Named(Rendering rendering) => rendering.Marked().Single(one => one.Key.Kind == "Runner").Body["spec"]!["config"]!.ToString();
        var before = ((Outcome<Rendering>.Done)await kit.Rendering.RunAsync(kit.Cluster, kit.Configuration, null, ApplyExtras.None, default)).Result;
        var named = Named(before);
        before.Marked().ShouldContain(one => one.Key.Kind == "ConfigMap" && one.Key.Name == named);
        var store = kit.Store.Get<IConfigStore>();
        var now = (await store.FindAsync(kit.Configuration, default))!;
        await store.AppendAsync(kit.Configuration, now.Name, now.Current with { Number = 2, Content = now.Current.Content with { Toml = ApplyKit.Toml(10).Replace("3.21", "3.22", StringComparison.Ordinal) } }, default);
        var after = ((Outcome<Rendering>.Done)await kit.Rendering.RunAsync(kit.Cluster, kit.Configuration, null, ApplyExtras.None, default)).Result;
        Named(after).ShouldNotBe(Named(before));
    }

    [Fact]
    public async Task RightsThatAreMissing_AreRefusalsInTheClustersWords()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        foreach (var name in (string[])[ApplyKit.Jobs, ApplyKit.Managers]) kit.Server.Objects.Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");
        kit.Server.Objects.Delete("clusterrolebindings.rbac.authorization.k8s.io", null, "admin-portal");
        var seen = await kit.PreviewedAsync();
        seen.Objects.ShouldAllBe(one => one.Effect == ObjectEffect.Refused);
        seen.Errors.ShouldAllBe(one => one.Code == "forbidden");
        seen.Errors.First().Sentence.ShouldContain("cannot patch resource");
        (await kit.Apply.RunAsync(kit.Wish(seen.Fingerprint), ApplyKit.Admin, default)).ShouldBeOfType<Outcome<Application>.Refused>().Refusal.Code.ShouldBe("preview-errors");
    }

    [Fact]
    public async Task ASilentCluster_IsSaidSo()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        kit.Server.Faults.RefuseConnections = true;
        (await kit.Preview.RunAsync(kit.Cluster, kit.Configuration, null, ApplyExtras.All, default)).ShouldBeOfType<Outcome<ApplyPreview>.Refused>().Refusal.Code.ShouldBe("cluster-unavailable");
    }

    [Fact]
    public async Task WhatTheRevisionNoLongerHas_WouldBeRemoved()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        var seen = await kit.PreviewedAsync(extras: ApplyExtras.Rbac);
        seen.Removed.Select(one => one.Kind).Distinct().ShouldBe(["NetworkPolicy", "ResourceQuota"], ignoreOrder: true, customMessage: string.Join(", ", seen.Removed));
    }
}

internal static class ClusterPlays
{
    /// <summary>As <c>kubectl scale</c> does, under its own name.</summary>
    public static Task ScaleAsync(this MigrationPortal.Kubernetes.ClusterObjects objects, int replicas)
    {
        objects.Change("deployments.apps", ApplyKit.Managers, "gitlab-runner", one => one["spec"]!["replicas"] = JsonNode.Parse(replicas.ToString(System.Globalization.CultureInfo.InvariantCulture)), "kubectl");
        return Task.CompletedTask;
    }

    public static JsonObject Manager(this MigrationPortal.Kubernetes.ClusterObjects objects) => objects.Get("deployments.apps", ApplyKit.Managers, "gitlab-runner")!;
}
