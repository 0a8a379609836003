using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Plans;

public sealed class OperationStoreTests(PostgresFixture postgres)
{
    private const string Script = "#!/usr/bin/env bash\n";

    private static readonly RunnerAttributes From = new(TagSet.Of("docker", "linux"), true, false, RunnerAccessLevel.NotProtected);

    private static readonly PlanStep Step = new(
        1, PlanStepKind.Widen, new RunnerId(StoreFixture.Production, 12), "docker-12", From, From with { RunUntagged = false },
        [new RunnerId(StoreFixture.Production, 40)], "fallback tag");

    [Fact]
    public async Task AddPlan_ReadBack_IsTheSamePlan()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var plan = await AddPlanAsync(store);

        var read = await store.Get<IPlanStore>().FindAsync(plan.Id, default);

        read.ShouldNotBeNull();
        read.Steps.Single().From.ShouldBe(From);
        read.Steps.Single().ReliesOn.ShouldBe(Step.ReliesOn);
        read.BlastRadius.Classes.Single().Projects.ShouldBe([new ProjectId(StoreFixture.Production, 7)]);
        read.Warnings.ShouldBe(plan.Warnings);
        read.MadeBy.ShouldBe(plan.MadeBy);
        var head = (await store.Get<IPlanStore>().NewestAsync(StoreFixture.Production, 5, null, default)).Single();
        head.Blockers.ShouldBe(["no-runner", "roles-unconfirmed"]);
        head.ShouldBe(PlanHead.Of(plan) with { Blockers = head.Blockers });
        (await store.Get<IPlanStore>().NewestAsync(StoreFixture.Production, 5, plan.Id, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task TryStart_AnotherIsHalted_IsRefusedUntilThatEnds()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var plan = await AddPlanAsync(store);
        var operations = store.Get<IOperationStore>();

        var first = (await operations.TryStartAsync(New(plan), Script, default)).ShouldNotBeNull();
        first = await operations.SaveAsync(first with { State = OperationState.Halted, HaltCode = "changed-meanwhile" }, default);
        (await operations.TryStartAsync(New(plan), Script, default)).ShouldBeNull();
        (await operations.UnfinishedAsync(StoreFixture.Production, default))!.HaltCode.ShouldBe("changed-meanwhile");

        await operations.SaveAsync(first with { State = OperationState.Aborted, EndedAt = StoreFixture.Noon }, default);
        (await operations.UnfinishedAsync(StoreFixture.Production, default)).ShouldBeNull();
        (await operations.TryStartAsync(New(plan), Script, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task TryStart_ManyAtOnce_OneWins()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var plan = await AddPlanAsync(store);

        var started = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.Get<IOperationStore>().TryStartAsync(New(plan), Script, default)));

        started.Count(operation => operation is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Save_WithAnOlderVersion_IsRefusedAndChangesNothing()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var operations = store.Get<IOperationStore>();
        var started = (await operations.TryStartAsync(New(await AddPlanAsync(store)), Script, default))!;
        var moved = await operations.SaveAsync(started with { State = OperationState.Running }, default);

        await Should.ThrowAsync<OperationMovedOnException>(operations.SaveAsync(started with { State = OperationState.Aborted }, default));

        var read = (await operations.FindAsync(started.Id, default))!;
        read.State.ShouldBe(OperationState.Running);
        read.Version.ShouldBe(moved.Version);
    }

    [Fact]
    public async Task Save_RollingBackASucceededOneWhileAnotherRuns_IsRefused()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var operations = store.Get<IOperationStore>();
        var plan = await AddPlanAsync(store);
        var done = await operations.SaveAsync((await operations.TryStartAsync(New(plan), Script, default))! with { State = OperationState.Succeeded }, default);
        await operations.TryStartAsync(New(plan), Script, default);

        await Should.ThrowAsync<OperationMovedOnException>(operations.SaveAsync(done with { State = OperationState.RollingBack }, default));
    }

    [Fact]
    public async Task BreakGlass_IsStoredWithTheOperation_AndStaysAsItWas()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var operations = store.Get<IOperationStore>();
        var plan = await AddPlanAsync(store);
        var started = (await operations.TryStartAsync(New(plan), Script, default))!;

        await operations.SaveAsync(started with { State = OperationState.Running }, default);
        (await operations.TryStartAsync(New(plan), "another", default)).ShouldBeNull();

        (await operations.BreakGlassAsync(started.Id, default)).ShouldBe(Script);
        (await operations.BreakGlassAsync(started.Id + 1, default)).ShouldBeNull();
        (await store.ScalarAsync<long>("SELECT count(*) FROM break_glass_scripts")).ShouldBe(1);
    }

    private static Operation New(Plan plan) => new(
        0, plan.Instance, plan.Id, plan.Title, OperationState.Pending, new Actor(ActorKind.User, "3"), "because", null, StoreFixture.Noon,
        null, null, null, [new OperationStep(Step, false, OperationStepState.Pending, null, null, null, null)], 0);

    private static Task<Plan> AddPlanAsync(StoreFixture store) => store.Get<IPlanStore>().AddAsync(
        new Plan(
            0, StoreFixture.Production, "Opt-in", """{"phase":"opt-in"}""", StoreFixture.Noon, new Actor(ActorKind.Token, "9"), "f00d", [Step],
            new BlastRadius(TimeWindow.Last(TimeSpan.FromDays(7), StoreFixture.Noon), 100, 0.9,
                [new ClassEffect(TagSet.Empty, null, [new ProjectId(StoreFixture.Production, 7)], 14.2, ServedBy.Legacy, ServedBy.Legacy | ServedBy.Kubernetes, JobClassEffect.Shared)]),
            [new PlanWarning("gate", "too few jobs")],
            [new PlanBlocker("no-runner", "linux", "no-runner:linux", [new ProjectId(StoreFixture.Production, 7)]), new PlanBlocker("roles-unconfirmed", "two", null, [])]),
        default);
}
