using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters.Apply;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

/// <summary>The process dies at every single thing that a registration does; it ends complete, and undone it leaves nothing.</summary>
public sealed class RegistrationCrashTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhere_ItEndsComplete_AndUndoneItLeavesNothing(bool after)
    {
        await using var kit = await RegistrationKit.StartAsync(postgres);
        var deaths = 0;
        for (var at = 1; ; at++)
        {
            var begun = await kit.BegunAsync();
            var death = Arm(kit, new Death(at, after));
            var ended = await kit.EndedAsync(begun.Id);
            ended.State.ShouldBe(RegistrationState.Done, $"death {at}: {ended.Said}");
            kit.Secret()!["runner-token"].ShouldBe(kit.GitLab.Runners.ShouldHaveSingleItem($"death {at}").Value.Token, $"death {at}");

            Arm(kit, new Death(0, after));
            ApplyKit.Done(await kit.Undo.RunAsync(kit.Apply.Cluster, begun.Id, ApplyKit.Admin, "again", default));
            Arm(kit, new Death(at, after));
            (await kit.EndedAsync(begun.Id)).State.ShouldBe(RegistrationState.Undone, $"death {at}");
            Arm(kit, new Death(0, after));
            kit.ShouldBeAsBefore($"death {at}");
            if (!death.Happened) break;
            deaths++;
        }

        deaths.ShouldBeGreaterThan(20);
    }

    private static Death Arm(RegistrationKit kit, Death death)
    {
        var wire = new ObjectWire(kit.Apply.Doors, TimeProvider.System);
        kit.Apply.Objects = new DyingObjects(new KubernetesObjects(wire), death);
        kit.Apply.Secrets = new DyingSecrets(new KubernetesSecrets(wire), death);
        kit.Apply.Applications = new DyingApplications(kit.Apply.Store.Get<IApplicationStore>(), death);
        kit.Registrations = new DyingRegistrations(kit.Apply.Store.Get<IRegistrationStore>(), death);
        kit.Registrar = new DyingRegistrar(kit.GitLab, death);
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

    private sealed class DyingRegistrations(IRegistrationStore inner, Death death) : IRegistrationStore
    {
        public Task<ClusterRegistration?> AddAsync(ClusterRegistration registration, CancellationToken cancel) => inner.AddAsync(registration, cancel);

        public Task<ClusterRegistration?> SaveAsync(ClusterRegistration registration, CancellationToken cancel) => death.DoAsync(() => inner.SaveAsync(registration, cancel));

        public Task<ClusterRegistration?> FindAsync(long cluster, long id, CancellationToken cancel) => inner.FindAsync(cluster, id, cancel);

        public Task<IReadOnlyList<ClusterRegistration>> OpenAsync(InstanceId instance, CancellationToken cancel) => inner.OpenAsync(instance, cancel);

        public Task<IReadOnlyList<ClusterRegistration>> ListAsync(long cluster, int limit, long? before, CancellationToken cancel) => inner.ListAsync(cluster, limit, before, cancel);

        public Task<ClusterRegistration?> DoneAsync(long cluster, long configuration, CancellationToken cancel) => inner.DoneAsync(cluster, configuration, cancel);
    }
}
