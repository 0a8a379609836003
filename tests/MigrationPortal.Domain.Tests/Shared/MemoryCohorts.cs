using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>Names are unique, versions fence, one open wave a cohort: as the real store has it.</summary>
public sealed class MemoryCohorts : ICohortStore
{
    public List<Cohort> All { get; } = [];

    public List<Wave> Waves { get; } = [];

    public Task<IReadOnlyList<Cohort>> ListAsync(InstanceId instance, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Cohort>>([.. All.Where(one => one.Instance == instance).OrderBy(one => one.Name, StringComparer.Ordinal)]);

    public Task<Cohort?> FindAsync(InstanceId instance, long id, CancellationToken cancel) => Task.FromResult(All.Find(one => one.Instance == instance && one.Id == id));

    public Task<Cohort?> AddAsync(Cohort cohort, CancellationToken cancel)
    {
        if (All.Exists(one => one.Instance == cohort.Instance && one.Name == cohort.Name)) return Task.FromResult<Cohort?>(null);
        All.Add(cohort with { Id = All.Count + 1, Version = 1 });
        return Task.FromResult<Cohort?>(All[^1]);
    }

    public Task<Cohort?> SaveAsync(Cohort cohort, CancellationToken cancel)
    {
        var at = All.FindIndex(one => one.Id == cohort.Id && one.Version == cohort.Version);
        return Task.FromResult(at < 0 ? null : All[at] = cohort with { Version = cohort.Version + 1 });
    }

    public Task<IReadOnlyList<Wave>> WavesAsync(long cohort, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Wave>>([.. Waves.Where(one => one.Cohort == cohort).OrderBy(one => one.Number)]);

    public Task<Wave?> AddWaveAsync(Wave wave, CancellationToken cancel)
    {
        var others = Waves.FindAll(one => one.Cohort == wave.Cohort);
        if (others.Exists(one => one.State is WaveState.Planned or WaveState.Previewed)) return Task.FromResult<Wave?>(null);
        Waves.Add(wave with { Id = Waves.Count + 1, Number = others.Count + 1, Version = 1 });
        return Task.FromResult<Wave?>(Waves[^1]);
    }

    public Task<Wave?> SaveWaveAsync(Wave wave, CancellationToken cancel)
    {
        var at = Waves.FindIndex(one => one.Id == wave.Id && one.Version == wave.Version);
        return Task.FromResult(at < 0 ? null : Waves[at] = wave with { Version = wave.Version + 1 });
    }
}

/// <summary>One active enrollment a project, one place a project and cohort, states fenced.</summary>
public sealed class MemoryEnrollments : IEnrollmentStore
{
    public List<Enrollment> All { get; } = [];

    public List<EnrollmentEvent> Events { get; } = [];

    public Task<Enrollment?> FindAsync(long id, CancellationToken cancel) => Task.FromResult(All.Find(one => one.Id == id));

    public Task<Enrollment?> ActiveAsync(ProjectId project, CancellationToken cancel) => Task.FromResult(All.Find(one => one.Project == project && one.State.IsActive()));

    public Task<IReadOnlyDictionary<ProjectId, Enrollment>> NewestAsync(InstanceId instance, IReadOnlyCollection<ProjectId> projects, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<ProjectId, Enrollment>>(All.Where(one => projects.Contains(one.Project)).GroupBy(one => one.Project).ToDictionary(one => one.Key, one => one.MaxBy(place => place.Id)!));

    public Task<Enrollment?> NewestAsync(ProjectId project, CancellationToken cancel) => Task.FromResult(All.FindLast(one => one.Project == project));

    public Task<IReadOnlyList<Enrollment>> MembersAsync(long cohort, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Enrollment>>([.. All.Where(one => one.Seat is { LeftAt: null } seat && seat.Cohort == cohort).OrderBy(one => one.Seat!.Place)]);

    public Task<IReadOnlyList<Enrollment>> InStateAsync(InstanceId instance, EnrollmentState state, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Enrollment>>([.. All.Where(one => one.Project.Instance == instance && one.State == state).OrderBy(one => one.Since)]);

    public Task<int> CountAsync(InstanceId instance, EnrollmentState state, CancellationToken cancel) => Task.FromResult(All.Count(one => one.Project.Instance == instance && one.State == state));

    public Task<IReadOnlyList<Enrollment>> OfTargetAsync(InstanceId instance, EnrollmentTarget target, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Enrollment>>([.. All.Where(one => one.Project.Instance == instance && one.Target == target && one.State.IsActive())]);

    public Task<Enrollment?> AddAsync(Enrollment enrollment, CancellationToken cancel)
    {
        if (IsTaken(enrollment)) return Task.FromResult<Enrollment?>(null);
        All.Add(enrollment with { Id = All.Count + 1, Version = 1 });
        Note(null, All[^1]);
        return Task.FromResult<Enrollment?>(All[^1]);
    }

    public Task<Enrollment?> SaveAsync(Enrollment enrollment, EnrollmentState expected, CancellationToken cancel)
    {
        // The benchmarks build this file too, without the tests' assertions.
        if (expected != enrollment.State && !EnrollmentTransitions.Allows(expected, enrollment.State)) throw new InvalidOperationException($"{expected} does not become {enrollment.State}.");
        var at = All.FindIndex(one => one.Id == enrollment.Id && one.Version == enrollment.Version && one.State == expected);
        if (at < 0 || IsTaken(enrollment)) return Task.FromResult<Enrollment?>(null);
        All[at] = enrollment with { Version = enrollment.Version + 1 };
        Note(expected, All[at]);
        return Task.FromResult<Enrollment?>(All[at]);
    }

    public Task<IReadOnlyList<EnrollmentEvent>> HistoryAsync(long id, CancellationToken cancel) => Task.FromResult<IReadOnlyList<EnrollmentEvent>>([.. Events.Where(one => one.Enrollment == id)]);

    public Task<IReadOnlyDictionary<long, EnrollmentEvent>> LastAsync(IReadOnlyCollection<long> ids, EnrollmentState into, CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<long, EnrollmentEvent>>(
        Events.Where(one => ids.Contains(one.Enrollment) && one.To == into && one.From != into).GroupBy(one => one.Enrollment).ToDictionary(one => one.Key, one => one.Last()));

    private bool IsTaken(Enrollment one) => All.Exists(other => other.Id != one.Id && other.Project == one.Project
        && ((one.State.IsActive() && other.State.IsActive()) || (one.Seat is { LeftAt: null } && other.Seat is { LeftAt: null } seat && seat.Cohort == one.Seat.Cohort)));

    private void Note(EnrollmentState? from, Enrollment one) => Events.Add(new EnrollmentEvent(Events.Count + 1, one.Id, from, one.State, one.Target, one.Way, one.Until, one.At, one.By, one.Reason));
}

public sealed class MemoryInvitations : IInvitations
{
    public List<Invitation> All { get; } = [];

    public Task<int> AddAsync(IReadOnlyCollection<Invitation> invitations, CancellationToken cancel)
    {
        var fresh = invitations.Where(one => !All.Exists(other => other.Wave == one.Wave && other.Person == one.Person)).ToList();
        All.AddRange(fresh);
        return Task.FromResult(fresh.Count);
    }

    public Task<IReadOnlyList<Invitation>> OfWaveAsync(long wave, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Invitation>>([.. All.Where(one => one.Wave == wave)]);
}
