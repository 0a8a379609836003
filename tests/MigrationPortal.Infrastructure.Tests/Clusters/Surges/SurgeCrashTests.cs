using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters.Apply;
using MigrationPortal.Infrastructure.Tests.Clusters.Apply;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Surges;

/// <summary>The process dies at every single thing that a surge does, there and back: it lends all the same, and nothing is left.</summary>
public sealed class SurgeCrashTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhere_ItLends_AndLeavesNothing(bool after)
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        var deaths = 0;
        for (var at = 1; ; at++)
        {
            var begun = await kit.BegunAsync();
            var death = Arm(kit, new Death(at, after));
            var lending = await kit.UntilAsync(begun.Id, now => now is { State: SurgeState.Lending, Lent: [{ State: LentState.Loose }] });
            lending.State.ShouldBe(SurgeState.Lending, $"death {at}: {lending.Said} {lending.EndedFor}");
            kit.GitLab.Runners.Keys.Count(one => one.Instance == StoreFixture.Production).ShouldBe(1, $"death {at}");
            kit.Token(lending.Lent[0]).ShouldBe(kit.GitLab.Runners[new RunnerId(StoreFixture.Production, lending.Lent[0].Runner!.Value)].Token, $"death {at}");

            Arm(kit, new Death(0, after));
            ApplyKit.Done(await kit.End.RunAsync(begun.Id, SurgeKit.Admin, "again", default));
            var back = Arm(kit, new Death(at, after));
            (await kit.UntilAsync(begun.Id, now => !now.IsActive)).State.ShouldBe(SurgeState.Ended, $"death {at}");
            kit.ShouldBeAsBefore($"death {at}");
            Arm(kit, new Death(0, after));
            if (!death.Happened && !back.Happened) break;
            deaths++;
        }

        deaths.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task KilledOnTheWayThere_AndCalledBack_ItLeavesNothing()
    {
        await using var kit = await SurgeKit.StartAsync(postgres);
        for (var at = 1; ; at++)
        {
            var begun = await kit.BegunAsync();
            var death = Arm(kit, new Death(at, true));
            await kit.UntilAsync(begun.Id, now => death.Happened || now.State == SurgeState.Lending, comesUp: false, turns: 3);
            Arm(kit, new Death(0, true));
            ApplyKit.Done(await kit.End.RunAsync(begun.Id, SurgeKit.Admin, "again", default));
            (await kit.UntilAsync(begun.Id, now => !now.IsActive)).State.ShouldBe(SurgeState.Undone, $"death {at}");
            kit.ShouldBeAsBefore($"death {at}");
            if (!death.Happened) break;
        }
    }

    private static Death Arm(SurgeKit kit, Death death)
    {
        var wire = new ObjectWire(kit.Doors, TimeProvider.System);
        kit.Objects = new DyingObjects(new KubernetesObjects(wire), death);
        kit.Secrets = new DyingSecrets(new KubernetesSecrets(wire), death);
        kit.Registrar = new DyingRegistrar(kit.GitLab, death);
        kit.Gateway = new DyingGateway(kit.GitLab, death);
        kit.Surges = new DyingSurges(kit.Store.Get<ISurgeStore>(), death);
        return death;
    }

    private sealed class DyingSecrets(IClusterSecrets inner, Death death) : IClusterSecrets
    {
        public Task<SecretAnswer> PutAsync(long cluster, TokenPlace place, string token, CancellationToken cancel) => death.DoAsync(() => inner.PutAsync(cluster, place, token, cancel));

        public Task<SecretAnswer> TryAsync(long cluster, TokenPlace place, CancellationToken cancel) => inner.TryAsync(cluster, place, cancel);

        public Task<SecretAnswer> RemoveAsync(long cluster, TokenPlace place, CancellationToken cancel) => death.DoAsync(() => inner.RemoveAsync(cluster, place, cancel));
    }

    private sealed class DyingRegistrar(IRunnerRegistrar inner, Death death) : IRunnerRegistrar
    {
        public Task<RegistrarAnswer> CreateAsync(InstanceId instance, string description, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel) =>
            death.DoAsync(() => inner.CreateAsync(instance, description, attributes, maintenanceNote, cancel));

        public Task<RegistrarAnswer> ResetTokenAsync(RunnerId runner, CancellationToken cancel) => death.DoAsync(() => inner.ResetTokenAsync(runner, cancel));
    }

    private sealed class DyingGateway(IRunnerGateway inner, Death death) : IRunnerGateway
    {
        public int Concurrency(InstanceId instance) => inner.Concurrency(instance);

        public Task<IReadOnlyList<GitLabAnswer>> ReadAsync(IReadOnlyList<RunnerId> runners, CancellationToken cancel) => inner.ReadAsync(runners, cancel);

        public Task<GitLabAnswer> WriteAsync(RunnerId runner, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel) => death.DoAsync(() => inner.WriteAsync(runner, attributes, maintenanceNote, cancel));

        public Task<GitLabAnswer> DeleteAsync(RunnerId runner, CancellationToken cancel) => death.DoAsync(() => inner.DeleteAsync(runner, cancel));

        public Task<long> RunningJobsAsync(RunnerId runner, CancellationToken cancel) => inner.RunningJobsAsync(runner, cancel);
    }

    private sealed class DyingSurges(ISurgeStore inner, Death death) : ISurgeStore
    {
        public Task<Surge?> AddAsync(Surge surge, CancellationToken cancel) => inner.AddAsync(surge, cancel);

        public Task<Surge?> SaveAsync(Surge surge, CancellationToken cancel) => death.DoAsync(() => inner.SaveAsync(surge, cancel));

        public Task<Surge?> FindAsync(long id, CancellationToken cancel) => inner.FindAsync(id, cancel);

        public Task<IReadOnlyList<Surge>> OpenAsync(InstanceId instance, CancellationToken cancel) => inner.OpenAsync(instance, cancel);

        public Task<IReadOnlyList<Surge>> ListAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) => inner.ListAsync(instance, limit, before, cancel);

        public Task AddSampleAsync(long surge, SurgeSample sample, CancellationToken cancel) => inner.AddSampleAsync(surge, sample, cancel);

        public Task<IReadOnlyList<SurgeSample>> SamplesAsync(long surge, int most, CancellationToken cancel) => inner.SamplesAsync(surge, most, cancel);
    }
}
