using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Clusters.Apply;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Promotion;

/// <summary>A revision goes through two clusters with API servers of their own; what is observed there counts.</summary>
public sealed class PromotionStoryTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Clusters_TakeTurns_AndAllGoBackByAClick()
    {
        await using var kit = await PromotionKit.StartAsync(postgres);
        await kit.FirstAsync();
        await kit.Apply.ReviseAsync(20);
        var begun = await kit.BegunAsync(kit.Other, kit.Apply.Cluster);
        begun.Override.ShouldBe(new UnverifiedOverride(ApplyKit.Admin, "no QA in these tests"));
        await kit.UntilAsync(begun.Id, one => one.Stages[0].State == StageState.Baking);
        (PromotionKit.Concurrent(kit.Second), PromotionKit.Concurrent(kit.Apply.Server)).ShouldBe(("20", "10"));
        var ended = await kit.EndedAsync(begun.Id);
        ended.State.ShouldBe(PromotionState.Succeeded, ended.Said);
        ended.Stages.ShouldAllBe(one => one.State == StageState.Done && one.Before == 1 && one.Application != null);
        ended.Stages[0].Said!.ShouldStartWith("It runs revision 2. Deployment gitlab-runner: 1 of 1 pods are available");
        PromotionKit.Concurrent(kit.Apply.Server).ShouldBe("20");
        (await kit.Apply.NowAsync(ended.Stages[1].Application!.Value)).Override.ShouldBe(begun.Override);

        ApplyKit.Done(await kit.Stop.RollBackAsync(kit.Apply.Configuration, begun.Id, ApplyKit.Admin, "it was not so good", default));
        (await kit.EndedAsync(begun.Id)).State.ShouldBe(PromotionState.RolledBack);
        (PromotionKit.Concurrent(kit.Second), PromotionKit.Concurrent(kit.Apply.Server)).ShouldBe(("10", "10"));
    }

    [Fact]
    public async Task ClusterWhosePodsDoNotComeUp_Halts_AndGoesBackAlone()
    {
        await using var kit = await PromotionKit.StartAsync(postgres);
        await kit.FirstAsync();
        await kit.Apply.ReviseAsync(20);
        var begun = await kit.BegunAsync(kit.Apply.Cluster, kit.Other);
        kit.Broken = kit.Second;
        await kit.UntilAsync(begun.Id, one => one.Stages[1].State == StageState.RollingBack);
        kit.Broken = null;
        var ended = await kit.EndedAsync(begun.Id);
        (ended.State, ended.Stages[0].State, ended.Stages[1].State).ShouldBe((PromotionState.Halted, StageState.Done, StageState.RolledBack));
        ended.Said!.ShouldStartWith("Not in time. Deployment gitlab-runner");
        (PromotionKit.Concurrent(kit.Apply.Server), PromotionKit.Concurrent(kit.Second)).ShouldBe(("20", "10"));
    }

    [Fact]
    public async Task WhatSomebodyElseApplies_CountsAsWell()
    {
        await using var kit = await PromotionKit.StartAsync(postgres, DeploymentKind.Exported);
        var begun = await kit.BegunAsync(kit.Apply.Cluster);
        for (var turn = 0; turn < 5; turn++) await kit.TurnAsync();
        var waits = (await kit.NowAsync(begun.Id)).Stages[0];
        (waits.State, waits.Application).ShouldBe((StageState.Applying, null));
        waits.Said!.ShouldStartWith("It does not run revision 1:");
        var rendering = ApplyKit.Done(await kit.Apply.Rendering.RunAsync(kit.Apply.Cluster, kit.Apply.Configuration, 1, ClusterRollouts.Usual, default));
        foreach (var one in rendering.Objects) kit.Apply.Server.Objects.Put((System.Text.Json.Nodes.JsonObject)one.Body.DeepClone(), "flux");
        var ended = await kit.EndedAsync(begun.Id);
        (ended.State, ended.Stages[0].State, ended.Stages[0].Application).ShouldBe((PromotionState.Succeeded, StageState.Done, null));
    }

    [Fact]
    public async Task SomebodyTakesTheApplicationBack_ThePromotionHalts()
    {
        await using var kit = await PromotionKit.StartAsync(postgres);
        await kit.FirstAsync();
        await kit.Apply.ReviseAsync(20);
        var begun = await kit.BegunAsync(kit.Apply.Cluster, kit.Other);
        var applying = await kit.UntilAsync(begun.Id, one => one.Stages[0].Application is not null);
        ApplyKit.Done(await kit.Apply.RollBack.RunAsync(kit.Apply.Cluster, applying.Stages[0].Application!.Value, ApplyKit.Admin, "not on my watch", default));
        var ended = await kit.EndedAsync(begun.Id);
        (ended.State, ended.Stages[1].State).ShouldBe((PromotionState.Halted, StageState.Pending));
        PromotionKit.Concurrent(kit.Apply.Server).ShouldBe("10");
    }

    [Theory]
    [InlineData("cluster", "unknown-cluster")]
    [InlineData("revision", "unknown-revision")]
    [InlineData("override", "unverified")]
    [InlineData("none", "invalid-promotion")]
    [InlineData("twice", "promotion-running")]
    [InlineData("helm", "not-applicable")]
    public async Task WhatCannotBegin_IsRefusedWithItsCode(string what, string code)
    {
        await using var kit = await PromotionKit.StartAsync(postgres, what == "helm" ? DeploymentKind.Helm : DeploymentKind.Manifests);
        var wish = kit.Wish(kit.Other);
        if (what == "twice") await kit.BegunAsync(kit.Apply.Cluster);
        wish = what switch { "cluster" => wish with { Clusters = [99] }, "revision" => wish with { Revision = 9 }, "override" => wish with { Override = null }, "none" => wish with { Clusters = [] }, _ => wish };
        (await kit.AskAsync(wish)).Match(_ => "", no => no.Code).ShouldBe(code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhere_ItComesToTheSameEnd_ThereAndBack(bool after)
    {
        await using var kit = await PromotionKit.StartAsync(postgres);
        await kit.FirstAsync();
        await kit.Apply.ReviseAsync(20);
        var (objects, deaths) = (kit.Apply.Objects, 0);
        for (var at = 1; ; at++)
        {
            var begun = ApplyKit.Done(await kit.AskAsync(kit.Wish(kit.Apply.Cluster) with { Bake = TimeSpan.Zero }));
            var death = Arm(new Death(at, after));
            var ended = await kit.EndedAsync(begun.Id);
            (ended.State, PromotionKit.Concurrent(kit.Apply.Server)).ShouldBe((PromotionState.Succeeded, "20"), $"death {at}: {ended.Said}");
            Arm(new Death(0, after));
            (await kit.Apply.Applications.ListAsync(kit.Apply.Cluster, kit.Apply.Configuration, 100, null, default)).Count(one => one.Reason == begun.Reason).ShouldBe(1, $"death {at}");

            ApplyKit.Done(await kit.Stop.RollBackAsync(kit.Apply.Configuration, begun.Id, ApplyKit.Admin, "again", default));
            var back = Arm(new Death(at, after));
            ended = await kit.EndedAsync(begun.Id);
            Arm(new Death(0, after));
            (ended.State, PromotionKit.Concurrent(kit.Apply.Server)).ShouldBe((PromotionState.RolledBack, "10"), $"death {at} on the way back: {ended.Stages[0].Said}");
            if (!death.Happened && !back.Happened) break;
            deaths++;
        }

        deaths.ShouldBeGreaterThan(20);

        Death Arm(Death death)
        {
            kit.Apply.Objects = new DyingObjects(objects, death);
            kit.Apply.Applications = new DyingApplications(kit.Apply.Store.Get<IApplicationStore>(), death);
            kit.Promotions = new DyingPromotions(kit.Apply.Store.Get<IPromotionStore>(), death);
            return death;
        }
    }

    private sealed class DyingPromotions(IPromotionStore inner, Death death) : IPromotionStore
    {
        public Task<Domain.Clusters.Promotion.Promotion?> AddAsync(Domain.Clusters.Promotion.Promotion promotion, CancellationToken cancel) => inner.AddAsync(promotion, cancel);

        public Task<Domain.Clusters.Promotion.Promotion?> SaveAsync(Domain.Clusters.Promotion.Promotion promotion, CancellationToken cancel) => death.DoAsync(() => inner.SaveAsync(promotion, cancel));

        public Task<Domain.Clusters.Promotion.Promotion?> FindAsync(long configuration, long id, CancellationToken cancel) => inner.FindAsync(configuration, id, cancel);

        public Task<IReadOnlyList<Domain.Clusters.Promotion.Promotion>> OfAsync(long configuration, int limit, long? before, CancellationToken cancel) => inner.OfAsync(configuration, limit, before, cancel);

        public Task<IReadOnlyList<Domain.Clusters.Promotion.Promotion>> OpenAsync(InstanceId instance, CancellationToken cancel) => inner.OpenAsync(instance, cancel);
    }
}
