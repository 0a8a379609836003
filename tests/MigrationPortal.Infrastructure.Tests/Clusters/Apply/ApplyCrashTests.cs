using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

/// <summary>The process dies at every single thing that it does; the next one goes on, and the end is the same.</summary>
public sealed class ApplyCrashTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhere_TheNextTurnGoesOn_AndARollBackStillRemovesExactlyWhatWasMade(bool after)
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        var (objects, deaths) = (kit.Objects, 0);
        for (var at = 1; ; at++)
        {
            var begun = await kit.BegunAsync();
            var death = new Death(at, after);
            await UntilEndAsync(kit, begun.Id, objects, death);
            var ended = await kit.NowAsync(begun.Id);
            ended.State.ShouldBe(ApplicationState.Healthy, $"death {at}: {ended.Said}");
            kit.Server.Objects.Count("deployments.apps").ShouldBe(1);

            kit.Objects = objects;
            await kit.RollBack.RunAsync(kit.Cluster, begun.Id, ApplyKit.Admin, "again", default);
            await UntilEndAsync(kit, begun.Id, objects, new Death(at, after));
            (await kit.NowAsync(begun.Id)).State.ShouldBe(ApplicationState.RolledBack, $"death {at}");
            foreach (var resource in (string[])["deployments.apps", "networkpolicies.networking.k8s.io", "resourcequotas", "roles.rbac.authorization.k8s.io"]) kit.Server.Objects.Count(resource).ShouldBe(0, $"death {at}: {resource}");
            if (!death.Happened) break;
            deaths++;
        }

        deaths.ShouldBeGreaterThan(20);
    }

    private static async Task UntilEndAsync(ApplyKit kit, long id, IClusterObjects objects, Death death)
    {
        kit.Objects = new DyingObjects(objects, death);
        kit.Applications = new DyingApplications(kit.Store.Get<IApplicationStore>(), death);
        for (var turn = 0; turn < 60 && (await kit.NowAsync(id)).IsActive; turn++)
        {
            try
            {
                await kit.TurnAsync();
            }
            catch (ProcessDiedException)
            {
                // The next turn is another process.
            }

            kit.Time.Advance(TimeSpan.FromSeconds(5));
            kit.RollOut();
            kit.Hear();
        }

        kit.Objects = objects;
        kit.Applications = kit.Store.Get<IApplicationStore>();
    }
}
