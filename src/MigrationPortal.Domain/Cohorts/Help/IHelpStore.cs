using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Help;

/// <summary>Threads of help. What is said is never changed.</summary>
public interface IHelpStore
{
    /// <returns>The thread with its id and its first message.</returns>
    Task<HelpThread> OpenAsync(HelpThread thread, HelpMessage first, CancellationToken cancel);

    /// <summary>With its messages.</summary>
    Task<HelpThread?> FindAsync(long id, CancellationToken cancel);

    /// <summary>Newest first, without messages.</summary>
    Task<IReadOnlyList<HelpThread>> OfAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel);

    /// <summary>All of an instance, newest first, without messages.</summary>
    /// <param name="closed">Null: closed ones and others.</param>
    Task<IReadOnlyList<HelpThread>> ListAsync(InstanceId instance, bool? closed, int limit, long? before, CancellationToken cancel);

    /// <summary>Appends a message and moves the thread on, in one.</summary>
    Task AddAsync(long id, HelpMessage said, HelpState now, CancellationToken cancel);

    /// <returns>False when the thread is no longer in <paramref name="from"/>.</returns>
    Task<bool> SetStateAsync(long id, HelpState from, HelpState to, DateTimeOffset at, CancellationToken cancel);
}
