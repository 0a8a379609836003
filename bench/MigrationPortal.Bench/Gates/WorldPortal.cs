using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.World;

namespace MigrationPortal.Bench.Gates;

/// <summary>All of the portal that decides, over a world in this process: the product's own use-cases, stores in memory.</summary>
internal sealed class WorldPortal : IWorldClock, IInstanceStore
{
    public static readonly InstanceId Instance = new("production");
    private static readonly GitLabInstance GitLab = new(Instance, InstanceKind.Production, "https://gitlab.example", true, false);
    private static readonly Actor Person = new(ActorKind.User, $"{Instance}/1");

    private readonly GitLabWorld _world;
    private readonly FreshFleet _fresh;
    private readonly MemoryMigration _migration;
    private readonly PlanPhase _plan;
    private readonly ApplyPlan _apply;
    private readonly EvaluateGates _evaluate;
    private readonly FlipWhenGatesPass _flip;
    private readonly WorldGuardFacts _guardFacts;
    private readonly EvaluateGuard _guard;
    private readonly ActOnGuard _act;
    private readonly RunOperation _run;

    /// <param name="decisions">What an administrator decided of tags beforehand.</param>
    public WorldPortal(GitLabWorld world, IReadOnlyDictionary<string, TagDecision> decisions)
    {
        _world = world;
        var (touches, gitLab, jobs) = (new Touches(), new WorldGitLab(Instance, world), new WorldJobs(Instance, world));
        var fleet = new MemoryFleet(new FleetSnapshot(
            Instance, world.Now, [.. gitLab.Runners().Select(runner => new FleetRunner(runner, RoleProposal.For(runner) with { RoleConfirmed = true }, null))]));
        Operations = new MemoryOperations(touches);
        _migration = new MemoryMigration(
            MigrationSettings.Default(Instance) with
            {
                Decisions = decisions,
                Policies = Enum.GetValues<Phase>().ToDictionary(phase => phase, phase => PhasePolicy.Default(phase) with { Mode = FlipMode.Automatic }),
            },
            new PhaseState(Instance, null, [], true, null, 0), touches);
        _fresh = new FreshFleet(gitLab, fleet);
        var (plans, audit, notices, gates, arms) = (new MemoryPlans(), new MemoryAudit(), new MemoryNotices(), new MemoryGates(), new WorldArms(jobs));
        var settings = new ChangeSettings(_migration, audit, this);
        var baselines = new Baselines(fleet, _migration);
        var ending = new EndOperation(Operations, [new RecordPhase(_migration, settings), baselines], audit, notices, this);
        var abort = new AbortOperation(Operations, audit, this);
        _plan = new PlanPhase(_fresh, fleet, jobs, new ReadMigration(fleet, jobs, _migration, Operations, this), settings, new MakePlan(plans, audit), gates, new ReadFreezes(new MemoryFreezes(), new PlainCalendar()), new MemoryPredictions(), new ReadPins(new MemoryEnrollments(), new MemoryScans(), new ReadMoveTags(_migration), new MemoryProjects()), this);
        _apply = new ApplyPlan(
            plans, Operations, _fresh, jobs, this, new InstanceDirectory([GitLab]), abort, ending,
            [new GateGuard(_migration, gates), new ApprovalGuard(_migration, new MemoryApprovals())], audit, notices, this);
        _run = new RunOperation(Operations, plans, gitLab, _fresh, jobs, [baselines], ending, audit, notices, this);
        _evaluate = new EvaluateGates(_migration, new WorldFacts(world, jobs, arms, fleet), Guards, Operations, [], gates);
        _flip = new FlipWhenGatesPass(_migration, plans, Operations, gates, _plan, _apply, audit);
        var last = new LastStep(Operations, plans);
        _guardFacts = new WorldGuardFacts(world, jobs, arms, fleet);
        _guard = new EvaluateGuard(_migration, last, Operations, _guardFacts, Guards, this);
        _act = new ActOnGuard(
            _migration, last, Operations, plans, new RollBackOperation(Operations, abort, audit, notices, this), new Evacuate(Operations, abort, _plan, _apply), Guards, audit, notices);
    }

    public MemoryOperations Operations { get; }

    public MemoryGuards Guards { get; } = new();

    public PhaseState State => _migration.State;

    /// <summary>One turn of the portal's sweeps.</summary>
    /// <returns>Why nothing moves, or what did; and whether an operation is under way, which wants the next turn soon.</returns>
    public async Task<(string Said, bool IsBusy)> TurnAsync(CancellationToken cancel)
    {
        var report = await _run.RunAsync(Instance, cancel);
        if (report.Operation is { } operation && !operation.State.IsEnd()) return ($"operation {operation.Id} {operation.State}: {(await Operations.FindAsync(operation.Id, cancel))!.Waits}", true);
        await _fresh.ReadAsync(Instance, cancel);
        if (await _evaluate.RunAsync(Instance, cancel) is not { } evaluation) return ("no step is ahead", false);
        var said = await _flip.RunAsync(Instance, evaluation, cancel);
        return (said ?? $"{evaluation.Step.Title}: {string.Join(" ", evaluation.Holding.Select(reading => $"[{reading.Gate} {reading.Verdict}] {reading.Sentence}"))}", await Operations.UnfinishedAsync(Instance, cancel) is not null);
    }

    /// <summary>One turn of the fast roll back, which comes every five minutes.</summary>
    /// <returns>What it found and did; null while Kubernetes is not in use.</returns>
    public async Task<GuardEvaluation?> GuardAsync(CancellationToken cancel)
    {
        if (State.Current is null or { Phase: < Phase.OptIn } or { Evacuated: true }) return null;
        await _fresh.ReadAsync(Instance, cancel);
        if (await _guard.RunAsync(Instance, cancel) is not { } evaluation) return null;
        await _act.RunAsync(evaluation, cancel);
        return await Guards.LatestAsync(Instance, cancel);
    }

    /// <summary>Whether a burst on Kubernetes stands in the facts at this moment, whatever is done about it.</summary>
    public async Task<bool> IsBurstAsync(CancellationToken cancel)
    {
        if (State.Current is not { } current) return false;
        var facts = await _guardFacts.ReadAsync(Instance, new GuardQuestion(current.At, new Dictionary<RunnerId, RunnerAttributes>(), [], TimeSpan.Zero, null), cancel);
        return GuardRule.All.OfType<HourBurstRule>().Any(rule => rule.Read(facts).Act == GuardAct.RollBack);
    }

    /// <summary>A person takes a step, whatever gates say.</summary>
    public async Task TakeAsync(PlanTarget target, CancellationToken cancel)
    {
        var plan = Done(await _plan.RunAsync(Instance, target, Person, cancel));
        Done(await _apply.RunAsync(new ApplyRequest(plan.Id, Person, "a person takes this step", null, [.. plan.Blockers.Select(one => one.Override).OfType<string>()], plan.ConfirmationText()), cancel));
    }

    private static T Done<T>(Outcome<T> outcome) => outcome.Match(done => done, refusal => throw new InvalidOperationException(string.Join(" ", refusal.Reasons)));

    DateTimeOffset IWorldClock.Now(InstanceId instance) => _world.Now;

    double IWorldClock.Speed(InstanceId instance) => 0;

    Task<ConnectionHealth?> IInstanceStore.HealthAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<ConnectionHealth?>(null);

    Task IInstanceStore.SaveHealthAsync(ConnectionHealth health, CancellationToken cancel) => throw new NotSupportedException();

    Task<string?> IInstanceStore.WatermarkAsync(InstanceId instance, string source, CancellationToken cancel) => throw new NotSupportedException();

    Task IInstanceStore.SaveWatermarkAsync(InstanceId instance, string source, string value, DateTimeOffset at, CancellationToken cancel) => throw new NotSupportedException();

    Task<IReadOnlyDictionary<string, (string Value, DateTimeOffset At)>> IInstanceStore.WatermarksAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();
}
