using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

public sealed class ClusterRemovalTests(PostgresFixture postgres)
{
    [Fact]
    public async Task WithWorkUnderWay_ItIsNotForgotten_AndWhatEndedStaysAsHistory()
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var store = kit.Apply.Store;
        var change = new ChangeCluster(store.Get<IClusterStore>(), new KubernetesGateway(new KubernetesDoors(ClusterRules.None, TimeProvider.System)), ClusterRules.None, store.Get<IAuditTrail>(), store.Get<IPortalEvents>(), kit.Apply.Time);
        var registering = await kit.BegunAsync();
        await Refused($"registration {registering.Id} of runner k8s runner");
        await kit.EndedAsync(registering.Id);
        await kit.Apply.ReviseAsync(20);
        var applying = await kit.Apply.BegunAsync();
        await Refused($"application {applying.Id} of hardened");
        await kit.Apply.EndedAsync(applying.Id);
        await store.ExecuteAsync($$"""
            INSERT INTO verifications (configuration, revision, cluster, instance, project, choice, state, branch, branch_state, checks, asked_by, asked_at, since, deadline, version)
            VALUES (1, 1, {{kit.Apply.Cluster}}, 'production', 1, '{}', 'Running', 'b', 'There', '[]', 'portal', now(), now(), now(), 1);
            INSERT INTO promotions (configuration, revision, instance, verification, bake_seconds, state, stages, active, asked_by, asked_at, since, version)
            VALUES (1, 1, 'production', 1, 0, 'Running', '[{"cluster": {{kit.Apply.Cluster}} }]', true, 'portal', now(), now(), 1)
            """);
        await Refused("verification 1 of configuration 1", "promotion 1 of configuration 1");
        await store.ExecuteAsync("UPDATE verifications SET state = 'Passed'; UPDATE promotions SET active = false");

        (await change.RemoveAsync(kit.Apply.Cluster, ApplyKit.Admin, default)).ShouldBeOfType<Outcome<long>.Done>();
        (await kit.Apply.NowAsync(applying.Id)).State.ShouldBe(ApplicationState.Healthy);
        (await kit.NowAsync(registering.Id)).State.ShouldBe(RegistrationState.Done);
        (await store.Get<IApplicationStore>().GoodAsync(StoreFixture.Production, default)).ShouldBeEmpty("nobody looks there for drift");
        (await store.Get<IApplicationStore>().AddAsync(applying with { Id = 0 }, default)).ShouldBeNull("nothing begins where no cluster is");

        async Task Refused(params string[] works)
        {
            var no = (await change.RemoveAsync(kit.Apply.Cluster, ApplyKit.Admin, default)).ShouldBeOfType<Outcome<long>.Refused>().Refusal;
            no.Code.ShouldBe("cluster-in-use");
            no.Reasons.Count.ShouldBe(works.Length);
            foreach (var (reason, work) in no.Reasons.Zip(works)) reason.ShouldContain(work);
        }
    }
}
