using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>Twin runs. One project has at most one active, whoever asks.</summary>
public interface ITwinStore
{
    /// <returns>With its number; null when the project has an active one.</returns>
    Task<TwinRun?> AddAsync(TwinRun run, CancellationToken cancel);

    /// <returns>The new version; null when it is no longer as the caller read it.</returns>
    Task<TwinRun?> SaveAsync(TwinRun run, CancellationToken cancel);

    Task<TwinRun?> FindAsync(ProjectId project, long id, CancellationToken cancel);

    Task<TwinRun?> ActiveAsync(ProjectId project, CancellationToken cancel);

    /// <summary>The project's, newest first.</summary>
    Task<IReadOnlyList<TwinRun>> OfAsync(ProjectId project, int limit, CancellationToken cancel);

    /// <summary>Active ones, and those whose branch is still there; oldest first.</summary>
    Task<IReadOnlyList<TwinRun>> OpenAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Those that ended at that time or later, in the order in which they were asked for.</summary>
    Task<IReadOnlyList<TwinRun>> EndedAsync(InstanceId instance, DateTimeOffset from, CancellationToken cancel);
}
