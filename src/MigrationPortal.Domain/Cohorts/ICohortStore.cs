using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

public interface ICohortStore
{
    /// <summary>By name.</summary>
    Task<IReadOnlyList<Cohort>> ListAsync(InstanceId instance, CancellationToken cancel);

    Task<Cohort?> FindAsync(InstanceId instance, long id, CancellationToken cancel);

    /// <returns>With its id; null when the name is taken.</returns>
    Task<Cohort?> AddAsync(Cohort cohort, CancellationToken cancel);

    /// <summary>Percent, caps and exclusions; name and seed stay.</summary>
    /// <returns>With its new version; null when it has another version meanwhile.</returns>
    Task<Cohort?> SaveAsync(Cohort cohort, CancellationToken cancel);

    /// <summary>By number.</summary>
    Task<IReadOnlyList<Wave>> WavesAsync(long cohort, CancellationToken cancel);

    /// <returns>With its id and number; null when the cohort has an open wave: one that is neither sent nor closed.</returns>
    Task<Wave?> AddWaveAsync(Wave wave, CancellationToken cancel);

    /// <summary>State and the time of sending.</summary>
    /// <returns>With its new version; null when it has another version meanwhile: another replica was first.</returns>
    Task<Wave?> SaveWaveAsync(Wave wave, CancellationToken cancel);
}

public interface IEnrollmentStore
{
    Task<Enrollment?> FindAsync(long id, CancellationToken cancel);

    /// <summary>The project's active one.</summary>
    Task<Enrollment?> ActiveAsync(ProjectId project, CancellationToken cancel);

    /// <summary>The newest of the project, active or not: what its page shows.</summary>
    Task<Enrollment?> NewestAsync(ProjectId project, CancellationToken cancel);

    /// <summary>The same of many projects of one instance; those without one are left out.</summary>
    Task<IReadOnlyDictionary<ProjectId, Enrollment>> NewestAsync(InstanceId instance, IReadOnlyCollection<ProjectId> projects, CancellationToken cancel);

    /// <summary>Who has a place in the cohort, in the order in which they came in.</summary>
    Task<IReadOnlyList<Enrollment>> MembersAsync(long cohort, CancellationToken cancel);

    /// <summary>In that state, who is in it longest first.</summary>
    Task<IReadOnlyList<Enrollment>> InStateAsync(InstanceId instance, EnrollmentState state, CancellationToken cancel);

    /// <summary>How many are in that state.</summary>
    Task<int> CountAsync(InstanceId instance, EnrollmentState state, CancellationToken cancel);

    /// <summary>Active ones with that target, who came first first.</summary>
    Task<IReadOnlyList<Enrollment>> OfTargetAsync(InstanceId instance, EnrollmentTarget target, CancellationToken cancel);

    /// <summary>With its first line of history.</summary>
    /// <returns>With its id and version; null when the project has an active one already, or a place in the cohort.</returns>
    Task<Enrollment?> AddAsync(Enrollment enrollment, CancellationToken cancel);

    /// <summary>Writes everything but project and kind, and a line of history, if it is still in the expected state and version.</summary>
    /// <returns>With its new version; null when it is not, or the project has another active enrollment.</returns>
    Task<Enrollment?> SaveAsync(Enrollment enrollment, EnrollmentState expected, CancellationToken cancel);

    /// <summary>Oldest first.</summary>
    Task<IReadOnlyList<EnrollmentEvent>> HistoryAsync(long id, CancellationToken cancel);

    /// <summary>When, why and by whom each came into that state, the last time; without those that never did.</summary>
    Task<IReadOnlyDictionary<long, EnrollmentEvent>> LastAsync(IReadOnlyCollection<long> ids, EnrollmentState into, CancellationToken cancel);
}
