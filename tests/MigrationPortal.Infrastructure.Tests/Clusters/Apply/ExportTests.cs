using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Export;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

public sealed class ExportTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Waits_UntilTheClusterMatches_WhoeverAppliedIt()
    {
        await using var kit = await ApplyKit.StartAsync(postgres, DeploymentKind.Exported);
        (await kit.AskAsync()).ShouldBeOfType<Outcome<Application>.Refused>().Refusal.Code.ShouldBe("managed-elsewhere");
        var begun = await BegunAsync(kit, null);
        (begun.State, begun.Steps.Single().Kind).ShouldBe((ApplicationState.Waiting, ApplyStepKind.Match));
        (await kit.ExportRevision.RunAsync(Wish(kit, null), ApplyKit.Admin, default)).ShouldBeOfType<Outcome<Application>.Refused>().Refusal.Code.ShouldBe("export-waiting");
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).Said!.ShouldContain("is not there");

        foreach (var space in (string[])[ApplyKit.Managers, ApplyKit.Jobs]) kit.Server.Objects.Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{space}}}"}}""");
        foreach (var one in begun.Objects.Where(one => one.Key.Kind != "Namespace")) kit.Server.Objects.Put(one.Body, "flux");
        kit.Server.Objects.Change("configmaps", ApplyKit.Managers, "gitlab-runner-config", one => one["data"]!["config.toml"] = "concurrent = 1", "flux");
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).Said!.ShouldContain("1 field differs still");
        kit.Server.Objects.Put(begun.Objects.Single(one => one.Key is { Kind: "ConfigMap", Name: "gitlab-runner-config" }).Body, "flux");
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).State.ShouldBe(ApplicationState.Healthy);
        kit.Server.Objects.Manager()["metadata"]!["managedFields"]!.AsArray().ShouldNotContain(one => one!["manager"]!.ToString() == IClusterObjects.FieldManager, "nothing was written");
    }

    [Fact]
    public async Task MergeRequest_IsOpenedOnce_ThoughAnswersAreLost_WithTheFolderAsItIs()
    {
        await using var kit = await ApplyKit.StartAsync(postgres, DeploymentKind.Exported);
        var begun = await BegunAsync(kit, (12, "main", "clusters/prod-a/"));
        kit.Project.AnswersAreLost = true;
        await kit.TurnAsync();
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).Export!.Number.ShouldBeNull();
        kit.Project.AnswersAreLost = false;
        await kit.TurnAsync();
        var waits = await kit.NowAsync(begun.Id);
        (waits.State, waits.Export!.Number, waits.Export.Address).ShouldBe((ApplicationState.Waiting, 1, "https://gitlab.example.org/ops/-/merge_requests/1"));
        kit.Project.Requests.ShouldHaveSingleItem().TargetBranch.ShouldBe("main");
        var commit = kit.Project.Branches.ShouldHaveSingleItem().Value;
        commit.Changes.ShouldContain(one => one.Path == "clusters/prod-a/README.md");
        commit.Changes.ShouldAllBe(one => one.Path.StartsWith("clusters/prod-a/", StringComparison.Ordinal) && one.LastCommitId == null);

        kit.Project.Set(1, MergeRequestState.Closed);
        await kit.TurnAsync();
        var ended = await kit.NowAsync(begun.Id);
        (ended.State, ended.Said!.Contains("closed without being merged", StringComparison.Ordinal)).ShouldBe((ApplicationState.Unhealthy, true));
    }

    [Fact]
    public async Task WhatIsThereAlready_NeedsNoMergeRequest()
    {
        await using var kit = await ApplyKit.StartAsync(postgres, DeploymentKind.Exported);
        var rendering = ApplyKit.Done(await kit.Rendering.RunAsync(kit.Cluster, kit.Configuration, null, ApplyExtras.All, default));
        foreach (var (name, text) in ExportFolder.Of(rendering)) kit.Project.Files[name] = text;
        var begun = await BegunAsync(kit, (12, "main", ""));
        await kit.TurnAsync();
        (await kit.NowAsync(begun.Id)).Export!.IsNeedless.ShouldBeTrue();
        kit.Project.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelled_ClosesItsMergeRequest_AndAnotherMayBegin()
    {
        await using var kit = await ApplyKit.StartAsync(postgres, DeploymentKind.Exported);
        var begun = await BegunAsync(kit, (12, "main", ""));
        await kit.TurnAsync();
        var cancel = new CancelExport(kit.Applications, kit.ExportRequests, kit.Steps);
        (await cancel.RunAsync(kit.Cluster, begun.Id, ApplyKit.Admin, null, default)).ShouldBeOfType<Outcome<Application>.Refused>().Refusal.Code.ShouldBe("reason-missing");
        ApplyKit.Done(await cancel.RunAsync(kit.Cluster, begun.Id, ApplyKit.Admin, "no more", default)).State.ShouldBe(ApplicationState.Cancelled);
        kit.Project.Requests.Single().State.ShouldBe(MergeRequestState.Closed);
        kit.Project.Branches.ShouldBeEmpty();
        (await BegunAsync(kit, null)).State.ShouldBe(ApplicationState.Waiting);
    }

    [Fact]
    public async Task NotInTime_EndsWithWhatItWaitedFor()
    {
        await using var kit = await ApplyKit.StartAsync(postgres, DeploymentKind.Exported);
        var begun = await BegunAsync(kit, null);
        kit.Time.Advance(ExportWish.UsualPatience);
        await kit.TurnAsync();
        var ended = await kit.NowAsync(begun.Id);
        (ended.State, ended.Said!.StartsWith("Not in time. ", StringComparison.Ordinal)).ShouldBe((ApplicationState.Unhealthy, true));
    }

    [Fact]
    public async Task TheFolder_IsTheSameBytes_AndHoldsNoToken()
    {
        await using var kit = await ApplyKit.StartAsync(postgres, DeploymentKind.Exported);
        var rendering = ApplyKit.Done(await kit.Rendering.RunAsync(kit.Cluster, kit.Configuration, null, ApplyExtras.All, default));
        ExportFolder.Zip(rendering).ShouldBe(ExportFolder.Zip(ApplyKit.Done(await kit.Rendering.RunAsync(kit.Cluster, kit.Configuration, null, ApplyExtras.All, default))));
        ExportFolder.Of(rendering).Single(one => one.Name == "README.md").Text.ShouldContain("`gitlab-runner-token` in `gitlab-runner` must hold the runner's token");
    }

    [Theory]
    [InlineData(0, "main", "", "mergeRequest.project")]
    [InlineData(1, "", "", "mergeRequest.branch")]
    [InlineData(1, "main", "../up", "mergeRequest.folder")]
    [InlineData(1, "main", ".git/hooks", "mergeRequest.folder")]
    public async Task WrongPlaces_AreRefusedByField(long project, string branch, string folder, string field)
    {
        await using var kit = await ApplyKit.StartAsync(postgres, DeploymentKind.Exported);
        var no = (await kit.ExportRevision.RunAsync(Wish(kit, (project, branch, folder)), ApplyKit.Admin, default)).ShouldBeOfType<Outcome<Application>.Refused>().Refusal;
        (no.Code, no.Reasons.Single().StartsWith(field, StringComparison.Ordinal)).ShouldBe(("invalid-export", true));
    }

    private static ExportWish Wish(ApplyKit kit, (long, string, string)? place) => new(kit.Cluster, kit.Configuration, null, ApplyExtras.All, place, ExportWish.UsualPatience, "for the tests");

    private static async Task<Application> BegunAsync(ApplyKit kit, (long, string, string)? place) => ApplyKit.Done(await kit.ExportRevision.RunAsync(Wish(kit, place), ApplyKit.Admin, default));
}
