using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
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

    [Fact]
    public async Task Save_ReadBack_IsTheSameOperation_AndItsHeadCountsTheSteps()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var operations = store.Get<IOperationStore>();
        var started = (await operations.TryStartAsync(New(await AddPlanAsync(store), 4), Script, default))!;
        Text((await operations.FindAsync(started.Id, default))!).ShouldBe(Text(started));

        var saved = await operations.SaveAsync(started with { State = OperationState.RollingBack, Waits = "for GitLab", Steps = [Done(started.Steps[0]), Skipped(started.Steps[1]), .. started.Steps.Skip(2), Back(Step)] }, default);

        Text((await operations.FindAsync(started.Id, default))!).ShouldBe(Text(saved));
        var head = (await operations.NewestAsync(StoreFixture.Production, 5, null, default)).Single();
        head.ShouldBe(OperationHead.Of(saved));
        (head.Steps, head.StepsDone, head.StepsSkipped).ShouldBe((5, 1, 1));
        (await operations.UnfinishedAsync(StoreFixture.Production, default)).ShouldBe(head);
        (await operations.OfPlanAsync(started.PlanId, default)).ShouldBe(head);
        (await operations.OfPlanAsync(started.PlanId + 1, default)).ShouldBeNull();

        var shorter = await operations.SaveAsync(saved with { Steps = [.. saved.Steps.Take(2)] }, default);
        Text((await operations.FindAsync(started.Id, default))!).ShouldBe(Text(shorter));
    }

    [Fact]
    public async Task Brownout_OwesUntilItIsWrittenThatItReturned_WhateverItsState_AndSupersedesNobody()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var operations = store.Get<IOperationStore>();
        var plan = await AddPlanAsync(store);
        var earlier = (await operations.TryStartAsync(New(plan), Script, default))!;
        earlier = await operations.SaveAsync(earlier with { State = OperationState.Succeeded, Steps = [Done(earlier.Steps[0])] }, default);
        var window = new BrownoutWindow("docker", StoreFixture.Noon.AddMinutes(15));
        var brownout = (await operations.TryStartAsync(New(plan) with { Brownout = window }, Script, default))!;
        (await operations.OwingAsync(new InstanceId("qa"), default)).ShouldBeEmpty();
        (await operations.OwingAsync(StoreFixture.Production, default)).Single().Brownout.ShouldBe(window);

        brownout = await operations.SaveAsync(brownout with { State = OperationState.Aborted, Steps = [Done(brownout.Steps[0])] }, default);
        Text((await operations.OwingAsync(StoreFixture.Production, default)).Single()).ShouldBe(Text(brownout));
        (await operations.SupersederAsync(earlier, default)).ShouldBeNull();
        await TellsThatItIsAwayAsync(store, brownout);

        await operations.SaveAsync(brownout with { Brownout = window with { ReturnedAt = StoreFixture.Noon } }, default);
        (await operations.OwingAsync(StoreFixture.Production, default)).ShouldBeEmpty();
    }

    // Its jobs wait as expected until it should be back, not for ever.
    private static async Task TellsThatItIsAwayAsync(StoreFixture store, Operation brownout)
    {
        var fleet = new FleetSnapshot(StoreFixture.Production, StoreFixture.Noon, []);
        var away = await store.Get<ITagsAway>().ReadAsync(fleet, StoreFixture.Noon.AddMinutes(16), default);
        away.Tags.ShouldBe([new TagAway("docker", StoreFixture.Noon.AddMinutes(15), brownout.Id)]);
        (await store.Get<ITagsAway>().ReadAsync(fleet, StoreFixture.Noon.AddMinutes(18), default)).Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task Save_OneStepOfMany_WritesThatStepAlone()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var operations = store.Get<IOperationStore>();
        var operation = (await operations.TryStartAsync(New(await AddPlanAsync(store), 900), Script, default))!;
        var written = new List<decimal>();

        for (var at = 0; at < 20; at++)
        {
            var before = await store.ScalarAsync<string>("SELECT pg_current_wal_insert_lsn()::text");
            operation = await operations.SaveAsync(operation.WithStep(at, Done(operation.Steps[at])), default);
            written.Add(await store.ScalarAsync<decimal>($"SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '{before}')"));
        }

        // The smallest, because the server's own work and first touches of pages are written too. 900 steps are some 300 KB.
        written.Min().ShouldBeLessThan(16_384);
    }

    [Theory]
    [InlineData(12, 12, OperationState.Succeeded, true)]
    [InlineData(12, 13, OperationState.Succeeded, false)]
    [InlineData(12, 12, OperationState.RolledBack, false)]
    [InlineData(12, 12, OperationState.Aborted, true)]
    public async Task Superseder_IsALaterOneThatWroteToTheSameRunnerAndWasNotRolledBack(long first, long second, OperationState end, bool supersedes)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var operations = store.Get<IOperationStore>();
        var plan = await AddPlanAsync(store);
        var old = await RunAsync(first, OperationState.Succeeded, true);
        await RunAsync(first, OperationState.Aborted, false);
        var later = await RunAsync(second, end, true);

        (await operations.SupersederAsync(old, default))?.Id.ShouldBe(later.Id);
        (await operations.SupersederAsync(old, default) is not null).ShouldBe(supersedes);
        (await operations.SupersederAsync(later, default)).ShouldBeNull();

        async Task<Operation> RunAsync(long runner, OperationState state, bool wrote)
        {
            var step = Pending(Step with { Runner = new RunnerId(StoreFixture.Production, runner) });
            var begun = (await operations.TryStartAsync(New(plan) with { Steps = [step] }, Script, default))!;
            return await operations.SaveAsync(begun with { State = state, Steps = [wrote ? Done(step) : Skipped(step)] }, default);
        }
    }

    private static string Text(Operation operation) => StoreJson.Write(operation);

    private static OperationStep Pending(PlanStep step) => new(step, false, OperationStepState.Pending, null, null, null, null);

    private static OperationStep Back(PlanStep step) => Pending(step) with { IsRollBack = true };

    private static OperationStep Skipped(OperationStep step) => step with { State = OperationStepState.Skipped };

    private static OperationStep Done(OperationStep step) =>
        step with { State = OperationStepState.Succeeded, Found = From, FoundNote = "mine", IntentAt = StoreFixture.Noon, DoneAt = StoreFixture.Noon.AddSeconds(2), Message = "ok" };

    private static Operation New(Plan plan, int steps = 1) => new(
        0, plan.Instance, plan.Id, plan.Title, OperationState.Pending, new Actor(ActorKind.User, "3"), "because", null, StoreFixture.Noon,
        null, null, null, [.. Enumerable.Range(0, steps).Select(number => Pending(Step with { Order = number + 1, RunnerName = $"docker-{number}" }))], 0);

    private static Task<Plan> AddPlanAsync(StoreFixture store) => store.Get<IPlanStore>().AddAsync(
        new Plan(
            0, StoreFixture.Production, "Opt-in", """{"phase":"opt-in"}""", StoreFixture.Noon, new Actor(ActorKind.Token, "9"), "f00d", [Step],
            new BlastRadius(TimeWindow.Last(TimeSpan.FromDays(7), StoreFixture.Noon), 100, 0.9,
                [new ClassEffect(TagSet.Empty, null, [new ProjectId(StoreFixture.Production, 7)], 14.2, ServedBy.Legacy, ServedBy.Legacy | ServedBy.Kubernetes, JobClassEffect.Shared)]),
            [new PlanWarning("gate", "too few jobs")],
            [new PlanBlocker("no-runner", "linux", "no-runner:linux", [new ProjectId(StoreFixture.Production, 7)]), new PlanBlocker("roles-unconfirmed", "two", null, [])]),
        default);
}
