using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

public sealed class MemoryPlans : IPlanStore
{
    private readonly List<Plan> _plans = [];

    public Task<Plan> AddAsync(Plan plan, CancellationToken cancel)
    {
        _plans.Add(plan with { Id = _plans.Count + 1 });
        return Task.FromResult(_plans[^1]);
    }

    public Task<Plan?> FindAsync(long id, CancellationToken cancel) => Task.FromResult(_plans.FirstOrDefault(plan => plan.Id == id));

    public Task<IReadOnlyList<PlanHead>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PlanHead>>([.. _plans.AsEnumerable().Reverse().Take(limit).Select(PlanHead.Of)]);
}

/// <summary>Fenced by version, one unfinished operation at a time, as the real store is by a unique index.</summary>
public sealed class MemoryOperations(Touches touches) : IOperationStore
{
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<long, string> _scripts = [];

    public int Saves { get; private set; }

    /// <summary>Told before a write is judged.</summary>
    public Action<Operation>? Saving { get; set; }

    public Task<string?> BreakGlassAsync(long id, CancellationToken cancel) => Task.FromResult(_scripts.GetValueOrDefault(id));

    public Task<Operation?> TryStartAsync(Operation operation, string breakGlass, CancellationToken cancel)
    {
        if (_operations.Any(one => one.Instance == operation.Instance && !one.State.IsEnd())) return Task.FromResult<Operation?>(null);
        _scripts[_operations.Count + 1] = breakGlass;
        _operations.Add(operation with { Id = _operations.Count + 1, Version = 1 });
        return Task.FromResult<Operation?>(_operations[^1]);
    }

    public Task<Operation?> FindAsync(long id, CancellationToken cancel) => Task.FromResult(_operations.FirstOrDefault(one => one.Id == id));

    public Task<OperationHead?> OfPlanAsync(long plan, CancellationToken cancel) => Task.FromResult(Head(_operations.LastOrDefault(one => one.PlanId == plan)));

    public Task<OperationHead?> UnfinishedAsync(InstanceId instance, CancellationToken cancel) =>
        Task.FromResult(Head(_operations.FirstOrDefault(one => one.Instance == instance && !one.State.IsEnd())));

    public Task<OperationHead?> SupersederAsync(Operation operation, CancellationToken cancel) => Task.FromResult(Head(_operations.LastOrDefault(one =>
        one.Id > operation.Id && one.Instance == operation.Instance && one.State != OperationState.RolledBack && one.Brownout is null && one.Originals().Keys.Any(operation.Originals().ContainsKey))));

    public Task<IReadOnlyList<Operation>> OwingAsync(InstanceId instance, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Operation>>([.. _operations.Where(one => one.Instance == instance && one.Brownout is { ReturnedAt: null })]);

    public Task<IReadOnlyList<OperationHead>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<OperationHead>>([.. _operations.AsEnumerable().Reverse().Take(limit).Select(OperationHead.Of)]);

    private static OperationHead? Head(Operation? operation) => operation is null ? null : OperationHead.Of(operation);

    public Task<Operation> SaveAsync(Operation operation, CancellationToken cancel)
    {
        touches.Touch();
        var at = _operations.FindIndex(one => one.Id == operation.Id);
        if (_operations[at].Version != operation.Version) throw new OperationMovedOnException($"Operation {operation.Id} moved on.");
        Saving?.Invoke(operation);
        if (!operation.State.IsEnd() && _operations.Any(one => one.Id != operation.Id && !one.State.IsEnd())) throw new OperationMovedOnException("Another operation is under way.");
        _operations[at] = operation with { Version = operation.Version + 1 };
        Saves++;
        touches.Touch();
        return Task.FromResult(_operations[at]);
    }
}

public sealed class MemoryFleet(FleetSnapshot first) : IFleetStore
{
    private readonly Dictionary<RunnerId, FleetRunner> _known = first.Runners.ToDictionary(runner => runner.Id);
    private FleetSnapshot _latest = first;

    public Task<FleetSnapshot?> LatestAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<FleetSnapshot?>(_latest);

    public Task<FleetSnapshot> StoreAsync(InstanceId instance, DateTimeOffset takenAt, IReadOnlyList<ObservedRunner> runners, CancellationToken cancel) =>
        Task.FromResult(_latest = new FleetSnapshot(instance, takenAt, [.. runners.Select(runner => new FleetRunner(
            runner, _known.TryGetValue(runner.Id, out var known) ? known.Standing : RunnerStanding.None, known?.Baseline))]));

    public Task SetStandingAsync(RunnerId runner, RunnerStanding standing, CancellationToken cancel)
    {
        var now = _latest.Runners.First(one => one.Id == runner);
        _known[runner] = now with { Standing = standing, Baseline = now.Baseline };
        _latest = _latest with { Runners = [.. _latest.Runners.Select(one => one.Id == runner ? _known[runner] : one)] };
        return Task.CompletedTask;
    }

    public Task SaveBaselinesAsync(InstanceId instance, IReadOnlyDictionary<RunnerId, RunnerAttributes> baselines, CancellationToken cancel)
    {
        foreach (var (runner, baseline) in baselines) _known[runner] = _known[runner] with { Baseline = baseline };
        _latest = _latest with { Runners = [.. _latest.Runners.Select(one => one with { Baseline = _known[one.Id].Baseline })] };
        return Task.CompletedTask;
    }
}

public sealed class FixedJobs(JobClassCensus census) : IJobStore
{
    /// <summary>Whether a runner has started a job since the instant.</summary>
    public Func<RunnerId, DateTimeOffset, bool> Started { get; set; } = (_, _) => true;

    public Task<int> RecordAsync(InstanceId instance, IReadOnlyCollection<JobObservation> observations, CancellationToken cancel) => Task.FromResult(0);

    public Task<JobClassCensus> CensusAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => Task.FromResult(census);

    public Task<IReadOnlySet<RunnerId>> StartedJobSinceAsync(InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset since, CancellationToken cancel) =>
        Task.FromResult<IReadOnlySet<RunnerId>>(runners.Where(runner => Started(runner, since)).ToHashSet());

    /// <summary>Jobs that runners are running now.</summary>
    public Dictionary<RunnerId, long> Running { get; } = [];

    public Task<IReadOnlyDictionary<RunnerId, long>> RunningAsync(InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset startedSince, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<RunnerId, long>>(Running.Where(one => runners.Contains(one.Key)).ToDictionary());
}

public sealed class MemoryMigration(MigrationSettings settings, PhaseState state, Touches touches) : IMigrationStore
{
    public MigrationSettings Settings { get; private set; } = settings;

    public PhaseState State { get; private set; } = state;

    public Task<MigrationSettings> SettingsAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Settings);

    public Task<bool> SaveSettingsAsync(MigrationSettings settings, CancellationToken cancel)
    {
        touches.Touch();
        if (settings.Version != Settings.Version) return Task.FromResult(false);
        Settings = settings with { Version = settings.Version + 1 };
        touches.Touch();
        return Task.FromResult(true);
    }

    public Task<PhaseState> StateAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(State);

    public Task<bool> SaveStateAsync(PhaseState state, CancellationToken cancel)
    {
        touches.Touch();
        if (state.Version != State.Version) return Task.FromResult(false);
        State = state with { Version = state.Version + 1 };
        touches.Touch();
        return Task.FromResult(true);
    }
}

public sealed class MemorySchedule : IScheduleStore
{
    public List<ScheduledFlip> All { get; } = [];

    public Task<ScheduledFlip> AddAsync(ScheduledFlip flip, CancellationToken cancel)
    {
        All.Add(flip with { Id = All.Count + 1 });
        return Task.FromResult(All[^1]);
    }

    public Task<bool> RemoveAsync(InstanceId instance, long id, CancellationToken cancel) =>
        Task.FromResult(All.RemoveAll(flip => flip.Id == id && flip.Outcome is null) > 0);

    public Task<IReadOnlyList<ScheduledFlip>> WaitingAsync(InstanceId instance, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ScheduledFlip>>([.. All.Where(flip => flip.Outcome is null)]);

    public Task<bool> FinishAsync(long id, long? operationId, string outcome, CancellationToken cancel) =>
        Change(flip => flip.Id == id, flip => flip with { OperationId = operationId, Outcome = outcome });

    public Task<bool> HoldAsync(long id, DateTimeOffset until, string by, CancellationToken cancel) =>
        Change(flip => flip.Id == id && flip.MissedAt is null && (flip.HeldUntil, flip.HeldBy) != (until, by), flip => flip with { HeldUntil = until, HeldBy = by });

    public Task<bool> AskAsync(long id, DateTimeOffset at, string why, CancellationToken cancel) =>
        Change(flip => flip.Id == id && flip.MissedAt is null, flip => flip with { MissedAt = at, MissedWhy = why });

    public Task<bool> RunAsync(InstanceId instance, long id, DateTimeOffset dueAt, CancellationToken cancel) =>
        Change(flip => flip.Id == id && flip.MissedAt is not null, flip => flip with { DueAt = dueAt, Missed = MissedRule.Run, MissedAt = null, MissedWhy = null, HeldUntil = null, HeldBy = null });

    private Task<bool> Change(Predicate<ScheduledFlip> which, Func<ScheduledFlip, ScheduledFlip> change)
    {
        var at = All.FindIndex(flip => flip.Outcome is null && which(flip));
        if (at >= 0) All[at] = change(All[at]);
        return Task.FromResult(at >= 0);
    }
}

public sealed class MemoryAudit : IAuditTrail
{
    public List<AuditEntry> Entries { get; } = [];

    public Task AppendAsync(AuditEntry entry, CancellationToken cancel)
    {
        Entries.Add(entry);
        return Task.CompletedTask;
    }

    public async Task<T> ChangeAsync<T>(Func<Task<(T Result, AuditEntry? Entry)>> change, CancellationToken cancel)
    {
        var (result, entry) = await change();
        if (entry is not null) Entries.Add(entry);
        return result;
    }

    public Task<IReadOnlyList<AuditRecord>> NewestAsync(int limit, long? before, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> HasAsync(InstanceId instance, string what, string subject, CancellationToken cancel) =>
        Task.FromResult(Entries.Exists(entry => entry.Instance == instance && entry.Who == Actor.Portal && entry.What == what && entry.Subject == subject));

    public Task<AuditVerdict> VerifyAsync(CancellationToken cancel) => throw new NotSupportedException();
}
