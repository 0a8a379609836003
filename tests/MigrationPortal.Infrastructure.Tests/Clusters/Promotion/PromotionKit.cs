using System.Text.Json.Nodes;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters.Promotion;
using MigrationPortal.Infrastructure.Tests.Clusters.Apply;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Kubernetes;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Promotion;

/// <summary>Two production clusters with an API server each, and a portal that brings revisions through them.</summary>
internal sealed class PromotionKit : IAsyncDisposable
{
    private const string Token = "token-of-the-portal";

    private PromotionKit(ApplyKit apply, KubernetesCluster second) => (Apply, Second) = (apply, second);

    public ApplyKit Apply { get; }

    public KubernetesCluster Second { get; }

    public long Other { get; private set; }

    /// <summary>Its pods never come up.</summary>
    public KubernetesCluster? Broken { get; set; }

    public IPromotionStore Promotions { get => field ?? Apply.Store.Get<IPromotionStore>(); set; }

    public static async Task<PromotionKit> StartAsync(PostgresFixture postgres, DeploymentKind kind = DeploymentKind.Manifests)
    {
        var second = await KubernetesCluster.StartAsync(new KubernetesOptions { Https = true }, TestContext.Current.CancellationToken);
        second.AddToken(Token, "portal");
        second.AllowAll("portal");
        var kit = new PromotionKit(await ApplyKit.StartAsync(postgres, kind), second);
        var access = new ClusterAccess.Token(second.Url.ToString(), Token, second.CaPem);
        kit.Other = (await kit.Apply.Store.Get<IClusterStore>().AddAsync(new Cluster(0, "prod-b", StoreFixture.Production, ConnectionFacts.Of(access), ["b-jobs"], "b-runners", [], 0), access, default))!.Id;
        return kit;
    }

    private PromotionSteps Steps => new(Promotions, Apply.Store.Get<IAuditTrail>(), Apply.Store.Get<IPortalEvents>(), Apply);

    private IClusterStore Clusters => Apply.Store.Get<IClusterStore>();

    public ClusterRollouts Rollouts => new(
        Apply.Applications, Apply.Store.Get<IRegistrationStore>(), Apply.Store.Get<IConfigStore>(), Apply.Compare, Apply.Rendering, new ManagerHealth(Clusters, Apply.Objects, Apply), Apply.Preview, Apply.Apply, Apply.RollBack,
        new ClusterFailures(Clusters, Apply.Store.Get<IRegistrationStore>(), Apply.Applications, Apply.Store.Get<IJobReader>(), Apply));

    public StopPromotion Stop => new(Promotions, Steps, Apply);

    public Task<Outcome<Domain.Clusters.Promotion.Promotion>> AskAsync(PromotionWish wish) =>
        new StartPromotion(new RevisionReader(Apply.Store.Get<IConfigStore>()), Apply.Guard, Clusters, ApplyKit.Instances, Steps, Apply).RunAsync(wish, ApplyKit.Admin, default);

    public PromotionWish Wish(params long[] clusters) => new(Apply.Configuration, null, clusters, "no QA in these tests", TimeSpan.FromMinutes(30));

    public async Task<Domain.Clusters.Promotion.Promotion> BegunAsync(params long[] clusters) => ApplyKit.Done(await AskAsync(Wish(clusters)));

    /// <summary>The revision runs well in both before a test begins.</summary>
    public async Task FirstAsync()
    {
        await Apply.HealthyAsync();
        var seen = ApplyKit.Done(await Apply.Preview.RunAsync(Other, Apply.Configuration, null, ApplyExtras.All, default));
        ApplyKit.Done(await Apply.Apply.RunAsync(Apply.Wish(seen.Fingerprint) with { Cluster = Other }, ApplyKit.Admin, default));
        for (var turn = 0; turn < 20; turn++) await TurnAsync();
        (await Apply.Applications.LastGoodAsync(Other, Apply.Configuration, default)).ShouldNotBeNull();
    }

    public async Task TurnAsync()
    {
        await new AdvancePromotions(Promotions, Rollouts, Steps, new PromotionReturn(Rollouts, Steps, Apply), Apply).RunAsync(StoreFixture.Production, default);
        await Apply.TurnAsync();
        World();
    }

    /// <summary>The clusters' controllers and GitLab's part, and a minute.</summary>
    public void World()
    {
        foreach (var server in new[] { Apply.Server, Second }.Where(one => one != Broken)) ApplyKit.RollOut(server);
        Apply.Heard = [.. new[] { Apply.Server, Second }.SelectMany(server => server.Objects.List("deployments.apps").Select(one => Manager(server, one)))];
        Apply.Time.Advance(TimeSpan.FromMinutes(1));
    }

    // Other pods are other managers, and those of the other cluster too.
    private RunnerManager Manager(KubernetesCluster server, JsonObject deployment) =>
        new($"r_{StepNotes.Of(new LiveObject(deployment))}{(server == Second ? "b" : "a")}", new Executor("kubernetes"), "19.3.0", RunnerStatus.Online, Apply.Time.GetUtcNow());

    public async Task<Domain.Clusters.Promotion.Promotion> NowAsync(long id) => (await Apply.Store.Get<IPromotionStore>().FindAsync(Apply.Configuration, id, default))!;

    public async Task<Domain.Clusters.Promotion.Promotion> UntilAsync(long id, Func<Domain.Clusters.Promotion.Promotion, bool> reached)
    {
        for (var turn = 0; turn < 400; turn++)
        {
            var now = await NowAsync(id);
            if (reached(now)) return now;
            try
            {
                await TurnAsync();
            }
            catch (ProcessDiedException)
            {
                // The next turn is another process.
                World();
            }
        }

        var last = await NowAsync(id);
        throw new ShouldAssertException($"{last.State}: {last.Said} {string.Join(" | ", last.Stages.Select(one => $"{one.State} {one.Said}"))}");
    }

    public Task<Domain.Clusters.Promotion.Promotion> EndedAsync(long id) => UntilAsync(id, one => !one.IsActive);

    /// <summary>Of the manager's configuration that is there.</summary>
    public static string Concurrent(KubernetesCluster server) => server.Objects.List("configmaps").Select(one => one["data"]?["config.template.toml"]?.ToString() ?? "").Concat(server.Objects.List("configmaps").Select(one => one["data"]?.ToJsonString() ?? ""))
        .Select(text => text.IndexOf("concurrent = ", StringComparison.Ordinal) is >= 0 and var at ? text.Substring(at + 13, 2) : null).OfType<string>().First();

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        await Apply.DisposeAsync();
    }
}
