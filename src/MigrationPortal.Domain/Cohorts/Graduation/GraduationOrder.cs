using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Graduation;

/// <summary>An admin's word that moved projects graduate by themselves.</summary>
/// <param name="MostOpen">Merge requests that wait for their people at one time.</param>
/// <param name="At">The instance's time.</param>
public sealed record GraduationOrder(InstanceId Instance, int MostOpen, Actor By, DateTimeOffset At);

public interface IGraduationStore
{
    /// <returns>Null: nobody has started it.</returns>
    Task<GraduationOrder?> FindAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>In the place of one that is there.</summary>
    Task SaveAsync(GraduationOrder order, CancellationToken cancel);

    /// <returns>False when there was none.</returns>
    Task<bool> RemoveAsync(InstanceId instance, CancellationToken cancel);
}
