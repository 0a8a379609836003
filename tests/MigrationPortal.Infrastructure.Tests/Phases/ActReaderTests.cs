using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Phases;

/// <summary>Which entries of the audit trail are automatic acts, of which kind, and the facts that each is given.</summary>
public sealed class ActReaderTests(PostgresFixture postgres)
{
    private static readonly InstanceId Production = StoreFixture.Production;
    private static readonly DateTimeOffset Noon = StoreFixture.Noon;
    private static readonly Actor Mara = new(ActorKind.User, "production/1");
    private static readonly RunnerAttributes From = new(TagSet.Of("docker"), true, false, RunnerAccessLevel.NotProtected);

    [Fact]
    public async Task EveryKind_IsTold_WithItsFacts_AndWhatPeopleDidIsNot()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var (gates, guards, schedule) = (store.Get<IGateStore>(), store.Get<IGuardStore>(), store.Get<IScheduleStore>());
        var world = new Written(store);

        var flip = await world.OperationAsync("""{"phase":"untagged-takeover"}""", "docker-2", "docker-1");
        var facts = GateFacts();
        var evaluation = await gates.AddAsync(GateEvaluation.Of(Production, facts, GatePolicy.Default(GateStage.End)), facts, GatePolicy.Default(GateStage.End), default);
        await gates.SaveDecidedAsync(evaluation.Id, flip.Id, default);
        await world.TellAsync("plan.make", "plan/1");
        await world.TellAsync("gates.external.answer", "gates/external/release");
        await world.TellAsync("plan.apply", $"operation/{flip.Id}");
        await world.TellAsync("operation.succeeded", $"operation/{flip.Id}");
        await world.TellAsync("operation.roll-back", $"operation/{flip.Id}");
        await GuardAsync(GuardAct.RollBack, flip.Id);

        var away = await world.OperationAsync("""{"brownout":{"tag":"docker","durationSeconds":900}}""", "docker-1");
        var due = await schedule.AddAsync(new ScheduledFlip(0, Production, new PlanTarget.Brownout("docker", TimeSpan.FromMinutes(15)), Noon, Mara, "x", [], null, null), default);
        await world.TellAsync("schedule.due", $"schedule/{due.Id}", after: $$"""{"operation":{{away.Id}}}""");
        await world.TellAsync("operation.succeeded", $"operation/{away.Id}");
        await world.TellAsync("schedule.due", $"schedule/{due.Id}", why: "Refused (no-runner): x.", after: """{"plan":31}""");
        var step = await world.OperationAsync("""{"phase":"docker-fallback"}""", "docker-1");
        await world.TellAsync("schedule.due", $"schedule/{due.Id}", after: $$"""{"operation":{{step.Id}}}""");
        await world.TellAsync("operation.halted", $"operation/{step.Id}");

        var evacuation = await world.OperationAsync("""{"evacuate":"kubernetes"}""", "docker-9");
        await world.TellAsync("plan.apply", $"operation/{evacuation.Id}");
        await GuardAsync(GuardAct.Evacuate, evacuation.Id);
        var alert = await GuardAsync(GuardAct.Hold, null);
        await world.TellAsync("guard.alert", $"guard/{alert.Id}", after: $$"""{"operation":{{step.Id}}}""");
        await world.TellAsync("automation.stop", "automation", who: Mara);
        await world.TellAsync("settings.fallback-tag", "tag/docker-fallback");
        var heal = await world.OperationAsync("""{"runners":[{"id":5,"paused":false}]}""", "docker-5");
        await world.TellAsync("plan.apply", $"operation/{heal.Id}");
        await world.TellAsync("plan.apply", $"operation/{step.Id}", who: Mara);
        await world.TellAsync("plan.apply", $"operation/{flip.Id}", instance: new InstanceId("qa"));

        var acts = (await ReadAsync(store)).Reverse().ToList();

        acts.Select(act => act.Kind).ShouldBe(
            [ActKind.Flip, ActKind.RollBack, ActKind.Brownout, ActKind.Brownout, ActKind.MissedFlip, ActKind.ScheduledFlip, ActKind.Halt, ActKind.Evacuation, ActKind.Alert, ActKind.Switch, ActKind.Other, ActKind.Heal]);
        (acts[0].Gates!.Id, acts[0].Gates!.OperationId, acts[0].Guard).ShouldBe((evaluation.Id, flip.Id, null));
        acts[0].Operation!.Runners.ShouldBe(["docker-1", "docker-2"]);
        acts[0].Operation!.Superseder.ShouldBe(step.Id, "a brownout leaves runners as they were");
        (acts[1].Guard!.Act, acts[1].Gates).ShouldBe((GuardAct.RollBack, null));
        (acts[2].Flip!.Id, acts[2].Operation!.Head.Id).ShouldBe((due.Id, away.Id));
        (acts[4].Flip!.Id, acts[4].Operation, acts[4].RefusedPlan).ShouldBe((due.Id, null, 31L));
        acts[5].Operation!.Head.Id.ShouldBe(step.Id);
        acts[7].Guard!.OperationId.ShouldBe(evacuation.Id);
        (acts[8].Guard!.Id, acts[8].Operation!.Head.Id).ShouldBe((alert.Id, step.Id));
        acts[9].Record.Entry.Who.ShouldBe(Mara);

        (await ReadAsync(store, kinds: [ActKind.Brownout, ActKind.Halt])).Select(act => act.Record.Sequence).ShouldBe([acts[6].Record.Sequence, acts[3].Record.Sequence, acts[2].Record.Sequence]);
        (await ReadAsync(store, before: acts[6].Record.Sequence, limit: 2)).Select(act => act.Kind).ShouldBe([ActKind.ScheduledFlip, ActKind.MissedFlip]);
        (await ReadAsync(store, from: acts[8].Record.Entry.At, to: acts[10].Record.Entry.At)).Select(act => act.Kind).ShouldBe([ActKind.Switch, ActKind.Alert]);

        async Task<GuardEvaluation> GuardAsync(GuardAct act, long? operation)
        {
            var made = await guards.AddAsync(new GuardEvaluation(0, Production, Noon, Noon, act, [new GuardReading("burst", act, "40 of 200", "It burst.")]), GuardFacts(), default);
            await guards.SaveDoneAsync(made with { Done = "Done.", OperationId = operation }, default);
            return made;
        }
    }

    [Fact]
    public async Task WhatWasHeld_IsOneKind_WithItsFlip_ItsPlanOrItsEvaluation()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var world = new Written(store);
        var flip = await store.Get<IScheduleStore>().AddAsync(new ScheduledFlip(0, Production, new PlanTarget.ToPhase(Phase.DockerFallback, null, null), Noon, Mara, "x", [], null, null), default);
        var facts = GateFacts();
        var evaluation = await store.Get<IGateStore>().AddAsync(GateEvaluation.Of(Production, facts, GatePolicy.Default(GateStage.End)), facts, GatePolicy.Default(GateStage.End), default);
        await world.TellAsync("schedule.held", $"schedule/{flip.Id}", why: "Held by the freeze window 'Audit'.");
        await world.TellAsync("schedule.due", $"schedule/{flip.Id}", why: "Refused (gates-hold): x.", after: """{"plan":31}""");
        await world.TellAsync("schedule.due", $"schedule/{flip.Id}", why: "Refused (approvals-missing): x.", after: """{"plan":32}""");
        await world.TellAsync("plan.held", "plan/33", why: "Plan 33 has 0 of 1 approvals.", after: """{"title":"A step"}""");
        await world.TellAsync("step.held", $"gates/{evaluation.Id}", why: "The freeze window lasts.");
        await world.TellAsync("schedule.due", $"schedule/{flip.Id}", why: "Refused (no-runner): x.", after: """{"plan":34}""");

        var acts = (await ReadAsync(store, kinds: [ActKind.Held])).Reverse().ToList();

        acts.Select(act => (act.Record.Entry.What, act.Flip?.Id, act.RefusedPlan, act.Gates?.Id)).ShouldBe(
            [("schedule.held", flip.Id, null, null), ("schedule.due", flip.Id, 31L, null), ("schedule.due", flip.Id, 32L, null), ("plan.held", null, 33L, null), ("step.held", null, null, evaluation.Id)]);
        (await ReadAsync(store, kinds: [ActKind.MissedFlip])).ShouldHaveSingleItem().RefusedPlan.ShouldBe(34);
    }

    [Fact]
    public async Task NothingDone_IsNothing() => (await ReadAsync(await StoreFixture.OpenAsync(postgres))).ShouldBeEmpty();

    private static Task<IReadOnlyList<AutomaticAct>> ReadAsync(StoreFixture store, ActKind[]? kinds = null, long? before = null, int limit = 50, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        store.Get<IActReader>().NewestAsync(new ActQuery(Production, kinds ?? [], from, to, limit, before), default);

    private static GateFacts GateFacts() => new(
        new GateStep("decommission", "Phase 4", GateStage.End, Noon, Noon), Noon, DateTimeOffset.MinValue, [], new CollectionFacts(10, 10, 0, Noon), new PendingFacts(0, 0, 0), new TimeFacts(null, null, null, 0),
        new FallbackFacts("docker", 0, 10), new CapacityFacts(1, 1), null);

    private static GuardFacts GuardFacts() => new(
        Noon, Noon, Noon, new HourFacts(default, 0, 0, default), default, default, null, new StuckFacts(0, 0, 0, 0), new ContactFacts(Noon, 1, 1, 1), new StartFacts(0, 0), []);

    /// <summary>Operations and entries as the use-cases write them, a minute apart.</summary>
    private sealed class Written(StoreFixture store)
    {
        private int minutes;

        public async Task<Operation> OperationAsync(string target, params string[] runners)
        {
            var steps = runners.Select((name, at) => new PlanStep(at + 1, PlanStepKind.Narrow, new RunnerId(Production, name[^1] - '0'), name, From, From with { RunUntagged = false }, [], "x")).ToList();
            var plan = await store.Get<IPlanStore>().AddAsync(
                new Plan(0, Production, "A step", target, Noon, Actor.Portal, new string('a', 64), steps, new BlastRadius(new TimeWindow(Noon.AddDays(-14), Noon), 0, 1, []), [], []), default);
            var wish = new Operation(0, Production, plan.Id, plan.Title, OperationState.Pending, Actor.Portal, "because", null, Noon, null, null, null, [.. steps.Select(step => new OperationStep(step, false, OperationStepState.Pending, null, null, null, null))], 0)
            {
                Brownout = plan.Brownout() is { } wished ? new BrownoutWindow(wished.Tag, Noon + wished.Duration, true, Noon + wished.Duration) : null,
            };
            var begun = (await store.Get<IOperationStore>().TryStartAsync(wish, "#!/bin/sh\n", default))!;
            return await store.Get<IOperationStore>().SaveAsync(
                begun with { State = OperationState.Succeeded, EndedAt = Noon, Steps = [.. begun.Steps.Select(step => step with { State = OperationStepState.Succeeded, Found = From, DoneAt = Noon })] }, default);
        }

        public Task TellAsync(string what, string subject, string? why = null, string? after = null, Actor? who = null, InstanceId? instance = null) => store.Get<IAuditTrail>().AppendAsync(
            new AuditEntry(Noon.AddMinutes(minutes++), instance ?? Production, who ?? Actor.Portal, what, subject, why, null, after), default);
    }
}
