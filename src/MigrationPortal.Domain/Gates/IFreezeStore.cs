using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>Freeze windows as admins wrote them.</summary>
public interface IFreezeStore
{
    /// <summary>In the order of their start.</summary>
    Task<IReadOnlyList<FreezeWindow>> ListAsync(InstanceId instance, CancellationToken cancel);

    Task<FreezeWindow?> FindAsync(InstanceId instance, long id, CancellationToken cancel);

    /// <returns>With its id and version.</returns>
    Task<FreezeWindow> AddAsync(FreezeWindow window, CancellationToken cancel);

    /// <returns>With its new version; null when it has another version meanwhile, or is gone.</returns>
    Task<FreezeWindow?> SaveAsync(FreezeWindow window, CancellationToken cancel);

    /// <returns>False when it was not there.</returns>
    Task<bool> RemoveAsync(InstanceId instance, long id, CancellationToken cancel);
}
