using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Tests.Clusters;

/// <summary>What was applied, registered and drifted, as a test sets it; nothing is written.</summary>
internal sealed class StillApplications : IApplicationStore, IRegistrationStore, IDriftStore
{
    public List<Application> Applied { get; } = [];

    public List<ClusterRegistration> Registered { get; } = [];

    public List<DriftRecord> Drifted { get; } = [];

    public Task<Application?> FindAsync(long cluster, long id, CancellationToken cancel) => Task.FromResult(Applied.Find(one => one.Id == id));

    public Task<Application?> ActiveAsync(long cluster, CancellationToken cancel) => Task.FromResult<Application?>(null);

    public Task<Application?> LastGoodAsync(long cluster, long configuration, CancellationToken cancel) => Task.FromResult(Applied.Find(one => one.Cluster == cluster && one.Configuration == configuration && one.State == ApplicationState.Healthy));

    public Task<IReadOnlyList<Application>> ListAsync(long? cluster, long? configuration, int limit, long? before, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Application>>([.. Applied.Where(one => (cluster is null || one.Cluster == cluster) && (configuration is null || one.Configuration == configuration))]);

    public Task<IReadOnlyList<Application>> GoodAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Application>>([]);

    Task<IReadOnlyList<Application>> IApplicationStore.OpenAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Application>>([]);

    public Task<Application?> AddAsync(Application application, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Application?> SaveAsync(Application application, CancellationToken cancel) => throw new NotSupportedException();

    Task<ClusterRegistration?> IRegistrationStore.FindAsync(long cluster, long id, CancellationToken cancel) => Task.FromResult(Registered.Find(one => one.Id == id));

    Task<IReadOnlyList<ClusterRegistration>> IRegistrationStore.OpenAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ClusterRegistration>>([]);

    public Task<IReadOnlyList<ClusterRegistration>> ListAsync(long cluster, int limit, long? before, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ClusterRegistration>>(Registered);

    public Task<ClusterRegistration?> DoneAsync(long cluster, long configuration, CancellationToken cancel) => Task.FromResult<ClusterRegistration?>(null);

    public Task<ClusterRegistration?> AddAsync(ClusterRegistration registration, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ClusterRegistration?> SaveAsync(ClusterRegistration registration, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<DriftRecord>> ListAsync(long? cluster, long? configuration, CancellationToken cancel) => Task.FromResult<IReadOnlyList<DriftRecord>>(Drifted);

    public Task SaveAsync(DriftRecord record, CancellationToken cancel) => throw new NotSupportedException();
}
