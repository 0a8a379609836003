using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>The use-cases over in-memory ports and a fake GitLab: everything of the portal that decides.</summary>
public sealed class Portal : IWorldClock, IInstanceStore
{
    public Portal(DesireContext context)
    {
        GitLab = new FakeGitLab(context.Fleet.Runners, Touches);
        Fleet = new MemoryFleet(context.Fleet);
        Operations = new MemoryOperations(Touches);
        Jobs = new FixedJobs(context.Census);
        Migration = new MemoryMigration(context.Settings, context.State, Touches);
        var fresh = new FreshFleet(GitLab, Fleet);
        var settings = new ChangeSettings(Migration, Audit, this);
        var baselines = new Baselines(Fleet, Migration);
        var ending = new EndOperation(Operations, [new RecordPhase(Migration, settings), baselines], Audit, Notices, this);
        Abort = new AbortOperation(Operations, Audit, this);
        Resume = new ResumeOperation(Operations, Audit, this);
        RollBack = new RollBackOperation(Operations, Abort, Audit, Notices, this);
        ReadFreezes = new ReadFreezes(Freezes, new PlainCalendar());
        Pins = new ReadPins(Enrollments, Scans, new ReadMoveTags(Migration), Projects);
        Plan = new PlanPhase(fresh, Fleet, Jobs, new ReadMigration(Fleet, Jobs, Migration, Operations, this), settings, new MakePlan(Plans, Audit), Gates, ReadFreezes, Predicted, Pins, this);
        Apply = new ApplyPlan(Plans, Operations, fresh, Jobs, this, new InstanceDirectory([Instance]), Abort, ending, [new GateGuard(Migration, Gates), new ApprovalGuard(Migration, Approvals)], Audit, Notices, this);
        Run = new RunOperation(Operations, Plans, GitLab, fresh, Jobs, [baselines], ending, Audit, Notices, this);
        Evacuate = new Evacuate(Operations, Abort, Plan, Apply);
        Schedule = new MemorySchedule();
        Approve = new ApprovePlan(Plans, Approvals, Audit, this);
        DueFlips = new RunDueFlips(Schedule, Migration, Operations, ReadFreezes, Plan, Apply, Audit, Notices, this);
        Drift = new WatchDrift(new ReadMigration(Fleet, Jobs, Migration, Operations, this), Migration, Operations, new DriftMemory(this), Notices);
        Heal = new HealDrift(Migration, Operations, this, new DriftMemory(this), new DriftFreeze(Migration, ReadFreezes), Plan, Apply, Notices);
        Connection = new WatchConnection(this, Notices, this);
        Decide = new DecideTag(Migration, settings);
        OptIn = new SetOptInTag(settings, Migration);
        Fallback = new SetFallbackTag(settings, Migration);
        Last = new LastStep(Operations, Plans);
        Coming = new ReadComingActs(Migration, Operations, Plans, Schedule, Gates, Guards, Last, [new GateGuard(Migration, Gates), new ApprovalGuard(Migration, Approvals)], this);
        ActOnGuard = new ActOnGuard(Migration, Last, Operations, Plans, RollBack, Evacuate, Guards, Audit, Notices);
    }

    public static GitLabInstance Instance { get; } = new(Make.Production, InstanceKind.Production, "https://gitlab.example", true, false);

    public Touches Touches { get; } = new();

    public FakeGitLab GitLab { get; }

    public MemoryFleet Fleet { get; }

    public MemoryPlans Plans { get; } = new();

    public MemoryOperations Operations { get; }

    public FixedJobs Jobs { get; }

    public MemoryMigration Migration { get; }

    public MemoryAudit Audit { get; } = new();

    public MemoryNotices Notices { get; } = new();

    public MemorySchedule Schedule { get; }

    public MemoryGates Gates { get; } = new();

    public MemoryFreezes Freezes { get; } = new();

    public ReadFreezes ReadFreezes { get; }

    public MemoryPredictions Predicted { get; } = new();

    public MemoryApprovals Approvals { get; } = new();

    public MemoryEnrollments Enrollments { get; } = new();

    public MemoryScans Scans { get; } = new();

    public MemoryProjects Projects { get; } = new();

    public ReadPins Pins { get; }

    public ApprovePlan Approve { get; }

    public MemoryGuards Guards { get; } = new();

    public LastStep Last { get; }

    public ReadComingActs Coming { get; }

    public ActOnGuard ActOnGuard { get; }

    public SetOptInTag OptIn { get; }

    public SetFallbackTag Fallback { get; }

    public PlanPhase Plan { get; }

    public ApplyPlan Apply { get; }

    public RunOperation Run { get; }

    public RollBackOperation RollBack { get; }

    public ResumeOperation Resume { get; }

    public AbortOperation Abort { get; }

    public Evacuate Evacuate { get; }

    public RunDueFlips DueFlips { get; }

    public WatchDrift Drift { get; }

    public HealDrift Heal { get; }

    public WatchConnection Connection { get; }

    public Dictionary<string, string> Marks { get; } = [];

    public DecideTag Decide { get; }

    public DateTimeOffset Time { get; set; } = Make.Now;

    public ConnectionHealth? Health { get; set; }

    /// <summary>Plans and applies with every override there is; null when something else blocks.</summary>
    public async Task<Operation?> StartAsync(PlanTarget target)
    {
        var plan = (await Plan.RunAsync(Make.Production, target, Make.Admin, default)).Result();
        var applied = await Apply.RunAsync(ApplyAll(plan), default);
        return applied is Outcome<Operation>.Done { Result: var operation } ? operation : null;
    }

    public static ApplyRequest ApplyAll(Plan plan) =>
        new(plan.Id, Make.Admin, "because", null, [.. plan.Blockers.Select(blocker => blocker.Override).OfType<string>()], plan.ConfirmationText());

    /// <summary>Runs and, when it halts, resumes, as a patient admin would, until it ends.</summary>
    public async Task<Operation> FinishAsync(long id, int tries = 20)
    {
        for (var attempt = 0; attempt < tries; attempt++)
        {
            await Run.RunAsync(Make.Production, default);
            var operation = (await Operations.FindAsync(id, default))!;
            if (operation.State.IsEnd()) return operation;
            if (operation.State == OperationState.Halted) await Resume.RunAsync(id, Make.Admin, null, default);
        }
        return (await Operations.FindAsync(id, default))!;
    }

    DateTimeOffset IWorldClock.Now(InstanceId instance) => Time;

    double IWorldClock.Speed(InstanceId instance) => 0;

    Task<ConnectionHealth?> IInstanceStore.HealthAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Health);

    Task IInstanceStore.SaveHealthAsync(ConnectionHealth health, CancellationToken cancel) => throw new NotSupportedException();

    Task<string?> IInstanceStore.WatermarkAsync(InstanceId instance, string source, CancellationToken cancel) => Task.FromResult(Marks.GetValueOrDefault(source));

    Task IInstanceStore.SaveWatermarkAsync(InstanceId instance, string source, string value, DateTimeOffset at, CancellationToken cancel)
    {
        Marks[source] = value;
        return Task.CompletedTask;
    }

    Task<IReadOnlyDictionary<string, (string Value, DateTimeOffset At)>> IInstanceStore.WatermarksAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();
}

public static class OutcomeWords
{
    public static T Result<T>(this Outcome<T> outcome) => outcome.Match(
        result => result, refusal => throw new InvalidOperationException($"Refused: {refusal.Code}: {string.Join(" ", refusal.Reasons)}"));

    public static string Code<T>(this Outcome<T> outcome) => outcome.Match(_ => "done", refusal => refusal.Code);
}
