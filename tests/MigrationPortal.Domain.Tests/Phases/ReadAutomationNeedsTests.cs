using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Gates;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

/// <summary>What automation has left open, read from what is stored.</summary>
public sealed class ReadAutomationNeedsTests
{
    private static readonly RunnerId Turned = Make.Id(1);

    private readonly MemoryExternalGates external = new();
    private readonly Told notices = new();

    [Fact]
    public async Task NothingIsOpen()
    {
        var needs = await ReadAsync(await ReachedAsync());
        (needs.Guard, needs.Unapproved, needs.Freeze).ShouldBe((null, null, null));
        needs.Held.Count.ShouldBe(0);
        needs.Expired.Count.ShouldBe(0);
        needs.Conflicts.Count.ShouldBe(0);
    }

    [Fact]
    public async Task AFreeze_HoldsWhatIsDue_AndWhatDrifted_AndNothingElse()
    {
        var portal = await ReachedAsync();
        portal.Freezes.Add(Make.Production, "Audit", Make.Now, Make.Now.AddHours(5));
        (await ReadAsync(portal)).Held.ShouldBeEmpty("nothing was due");
        await portal.Schedule.AddAsync(new ScheduledFlip(0, Make.Production, Make.Target(Phase.DockerFallback), Make.Now.AddMinutes(1), Make.Admin, "night", [], null, null), default);
        portal.Time = Make.Now.AddMinutes(2);
        await portal.DueFlips.RunAsync(Make.Production, default);
        portal.GitLab.Set(Turned, runner => runner with { Attributes = runner.Attributes with { RunUntagged = !runner.Attributes.RunUntagged } });

        var needs = await ReadAsync(portal);

        needs.Freeze!.Name.ShouldBe("Audit");
        needs.Held.ShouldBe(["'Phase 3: docker fallback' on the schedule", "1 runner that drifted"]);
        portal.Time = Make.Now.AddHours(5);
        (await ReadAsync(portal)).Held.ShouldBeEmpty("it is over");
    }

    [Fact]
    public async Task AnApprovalIsMissing_OnceThereIsAPlan_UntilItIsGiven()
    {
        var portal = await ReachedAsync(new ApprovalPolicy(1, [], null));
        (await ReadAsync(portal)).Unapproved.ShouldBeNull("there is no plan yet");
        var plan = (await portal.Plan.RunAsync(Make.Production, NextStep.Of(portal.Migration.State.Current)!, Make.Admin, default)).Result();

        (await ReadAsync(portal)).Unapproved.ShouldBe((plan.Id, plan.Title, 0, 1));

        await portal.Approve.RunAsync(plan.Id, Make.Admin, default);
        (await ReadAsync(portal)).Unapproved.ShouldBeNull();
    }

    [Fact]
    public async Task AnExternalGate_IsOpen_OnceItsAnswerHasEnded_IfThePolicyAsksIt()
    {
        var portal = await ReachedAsync(asks: "release");
        foreach (var name in (string[])["release", "unasked"])
        {
            var gate = (await external.AddAsync(new ExternalGate(0, Make.Production, name, null, true, 0), "whsec", default))!;
            await external.AnswerAsync(gate, new ExternalAnswer("1", GateVerdict.Pass, "", Make.Now, Make.Now, Make.Now.AddHours(1)), default);
        }

        (await ReadAsync(portal)).Expired.ShouldBeEmpty();
        portal.Time = Make.Now.AddHours(1);
        (await ReadAsync(portal)).Expired.ShouldBe([("release", Make.Now.AddHours(1))]);
    }

    [Theory]
    [InlineData(true, false)] // it rolls back, and the roll back tells
    [InlineData(true, true)] // it evacuates, and the evacuation tells
    [InlineData(false, false)] // it alerts only
    public async Task TheGuardsAlert_IsOpen_UntilSomebodyTakesIt(bool automation, bool dark)
    {
        var portal = await ReachedAsync();
        if (!automation) await portal.Migration.SaveStateAsync(portal.Migration.State with { AutomationOn = false }, default);
        portal.Time = Make.Now.AddMinutes(5);
        var facts = dark ? GuardWorld.Dark : GuardWorld.Burst;
        var fired = await portal.Guards.AddAsync(GuardEvaluation.Of(Make.Production, facts) with { At = portal.Time }, facts, default);
        await portal.ActOnGuard.RunAsync(fired, default);
        notices.All.AddRange(portal.Notices.Told.Where(one => one.IsAlert).Select((one, at) => new StoredNotice(at, one)));

        var needs = await ReadAsync(portal);
        (needs.Guard!.OperationId is not null, needs.GuardTakenAt).ShouldBe((automation, null));

        notices.All[^1] = notices.All[^1] with { TakenBy = Make.Admin, TakenAt = portal.Time };
        (await ReadAsync(portal)).GuardTakenAt.ShouldBe(portal.Time);
    }

    private async Task<AutomationNeeds> ReadAsync(Portal portal)
    {
        IWorldClock clock = portal;
        var (_, runners) = await portal.GitLab.ReadAsync(Make.Production, RequestLane.Monitoring, default);
        var snapshot = await portal.Fleet.StoreAsync(Make.Production, portal.Time, runners, default);
        var drift = Drift.Of(await new ReadMigration(portal.Fleet, portal.Jobs, portal.Migration, portal.Operations, portal).ForAsync(snapshot, default));
        var read = new ReadAutomationNeeds(
            portal.Migration, new EvaluateGuard(portal.Migration, portal.Last, portal.Operations, null!, portal.Guards, clock), notices,
            new ReadDrift(new DriftMemory(portal), new DriftFreeze(portal.Migration, portal.ReadFreezes), clock), new ApprovalsOfStep(portal.Plans, portal.Approvals, portal.Fleet, portal.Operations),
            portal.ReadFreezes, portal.Schedule, portal.Gates, new AskExternalGates(external, null!), clock);
        return await read.RunAsync(Make.Production, drift, default);
    }

    private static async Task<Portal> ReachedAsync(ApprovalPolicy? approvals = null, string? asks = null)
    {
        var context = ApplyPlanTests.Context();
        var policy = PhasePolicy.Default(Phase.UntaggedTakeover) with { HealsDrift = true };
        policy = policy with { Gates = policy.Gates with { External = asks is null ? [] : [asks] } };
        var portal = new Portal(context with { Settings = context.Settings with { Policies = new Dictionary<Phase, PhasePolicy> { [Phase.UntaggedTakeover] = policy } } });
        await portal.FinishAsync((await portal.StartAsync(Make.Target(Phase.UntaggedTakeover)))!.Id);
        if (approvals is not null)
            await portal.Migration.SaveSettingsAsync(portal.Migration.Settings with { Policies = new Dictionary<Phase, PhasePolicy> { [Phase.UntaggedTakeover] = policy with { Approvals = approvals } } }, default);
        return portal;
    }

    private sealed class Told : INoticeStore
    {
        public List<StoredNotice> All { get; } = [];

        public Task<IReadOnlyList<StoredNotice>> NewestAsync(InstanceId instance, NoticeFilter filter, int limit, long? before, CancellationToken cancel) => Task.FromResult<IReadOnlyList<StoredNotice>>(All);

        public Task<StoredNotice?> FindAsync(long id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<long> CountAsync(InstanceId instance, NoticeFilter filter, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> TakeAsync(long id, Actor? from, Actor who, DateTimeOffset at, CancellationToken cancel) => throw new NotSupportedException();

        public Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancel) => throw new NotSupportedException();
    }
}
