using MigrationPortal.Domain.Gates;
using MigrationPortal.Infrastructure.Gates;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Gates;

public sealed class GateStoreTests(PostgresFixture postgres)
{
    private static readonly GatePolicy Policy = GatePolicy.Default(GateStage.Overlap) with { Exempted = [7] };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)] // reasons that never came
    [InlineData(0, 1_000)] // as facts of before arms told their unread reasons have it
    public async Task Evaluation_ReplayedFromItsEvidence_IsTheSameToTheLastBit(long unread, long missing)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var gates = store.Get<IGateStore>();
        var facts = Facts(14);
        facts = facts with
        {
            Arms = [.. facts.Arms.Select(arm => arm.Day == facts.Arms[0].Day ? arm with { Kubernetes = arm.Kubernetes with { Unread = unread } } : arm)],
            Collection = facts.Collection with { KubernetesReasonMissing = missing },
        };
        var stored = await gates.AddAsync(GateEvaluation.Of(StoreFixture.Production, facts, Policy), facts, Policy, default);

        var read = (await gates.LatestAsync(StoreFixture.Production, default))!;
        var (seen, policy) = (await gates.EvidenceAsync(stored.Id, default))!.Value;
        var again = GateEvaluation.Of(StoreFixture.Production, seen, policy);
        again.Readings.ShouldBe(read.Readings);
        (again.Readings[0].Value == "reasons not read").ShouldBe(missing > 0);
        again.Readings.ShouldBe(GateEvaluation.Of(StoreFixture.Production, facts, Policy).Readings);
        // The numbers behind the words as well, not only what is left of them in two decimals.
        var plan = LookPlan.Of(facts.Step, Policy)!;
        LookDecisions.Of(seen, policy, plan, all: false).Taken.Select(one => one.Comparison.Upper).ShouldBe(LookDecisions.Of(facts, Policy, plan, all: false).Taken.Select(one => one.Comparison.Upper));
    }

    [Fact]
    public async Task Confirmed_TheSameRowLivesOn_AndTheArmsOfADayAreKeptOnce()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var gates = store.Get<IGateStore>();
        var facts = Facts(14);
        var first = await gates.AddAsync(GateEvaluation.Of(StoreFixture.Production, facts, Policy), facts, Policy, default);
        var later = facts with { At = facts.At.AddMinutes(15), Pending = new PendingFacts(7, 0, 0), Collection = facts.Collection with { LookedAt = facts.At.AddMinutes(14) } };
        var now = GateEvaluation.Of(StoreFixture.Production, later, Policy);
        first.SaysTheSame(now).ShouldBeTrue();
        await gates.ConfirmAsync(now with { Id = first.Id, From = first.From }, later, Policy, default);

        var read = (await gates.NewestAsync(StoreFixture.Production, 10, null, default)).ShouldHaveSingleItem();
        (read.From, read.Until).ShouldBe((facts.At, later.At));
        read.Readings.Single(reading => reading.Gate == "stuck-jobs").Value.ShouldBe("0 of 7");
        (await gates.EvidenceAsync(first.Id, default))!.Value.Facts.Pending.Jobs.ShouldBe(7);
        (await store.ScalarAsync<long>("SELECT count(*) FROM gate_arms")).ShouldBe(1);

        // The next day has other arms: those of before are nobody's any more.
        var tomorrow = Facts(15) with { At = later.At.AddMinutes(15) };
        await gates.ConfirmAsync(now with { Id = first.Id, From = first.From }, tomorrow, Policy, default);
        (await store.ScalarAsync<long>("SELECT count(*) FROM gate_arms")).ShouldBe(1);
        (await gates.EvidenceAsync(first.Id, default))!.Value.Facts.Arms.Count.ShouldBe(tomorrow.Arms.Count);
    }

    [Fact]
    public async Task Thinned_KeepsTheLastOfAStepAndDay_WhatTheActedUponRestsOn_AndTheLast90Days()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var gates = store.Get<IGateStore>();
        var kept = new List<long>();
        await AddAsync(hour: 9);
        await gates.SaveDecidedAsync(await AddAsync(hour: 10, keep: true), 12, default);
        await AddAsync(hour: 11);
        await AddAsync(hour: 12, keep: true);
        await AddAsync(hour: 13, step: "docker-fallback", keep: true);
        await AddAsync(hour: 24 + 9, keep: true);
        await AddAsync(hour: 48 + 9, keep: true);
        await AddAsync(hour: 48 + 10, keep: true);

        (await store.Get<GateRetention>().ThinAsync(StoreFixture.Production, StoreFixture.Noon.AddHours(40), default)).ShouldBe(2);
        (await gates.NewestAsync(StoreFixture.Production, 50, null, default)).Select(one => one.Id).Reverse().ShouldBe(kept);
        foreach (var id in kept) (await gates.EvidenceAsync(id, default)).ShouldNotBeNull();
        (await store.ScalarAsync<long>("SELECT count(*) FROM gate_arms")).ShouldBe(kept.Count);
        (await store.Get<GateRetention>().ThinAsync(StoreFixture.Production, StoreFixture.Noon.AddHours(40), default)).ShouldBe(0);

        async Task<long> AddAsync(int hour, string step = "untagged-takeover/100/50", bool keep = false)
        {
            // Arms of its own, so that what nobody rests on any more can be told.
            var facts = Facts(1) with { At = StoreFixture.Noon.AddHours(hour - 12), Step = new GateStep(step, step, GateStage.Overlap, StoreFixture.Noon, StoreFixture.Noon), Arms = [new ArmDay(hour, DateOnly.FromDateTime(StoreFixture.Noon.UtcDateTime), new ArmCounts(10, 1, 0), new ArmCounts(10, 1, 0))] };
            var id = (await gates.AddAsync(GateEvaluation.Of(StoreFixture.Production, facts, Policy), facts, Policy, default)).Id;
            if (keep) kept.Add(id);
            return id;
        }
    }

    internal static GateFacts Facts(int days)
    {
        var since = StoreFixture.Noon.AddHours(-12);
        return new GateFacts(
            new GateStep("untagged-takeover/100/50", "docker 75 → 50 %", GateStage.Overlap, since, since.AddDays(-14)), since.AddDays(days).AddHours(9), DateTimeOffset.MinValue,
            [
                .. from day in Enumerable.Range(-14, days + 14) from project in Enumerable.Range(1, 30)
                    select new ArmDay(project, DateOnly.FromDateTime(since.UtcDateTime).AddDays(day), new ArmCounts(90 + project, 20, (day + project) % 7 == 0 ? 1 : 0), new ArmCounts(70 + day, 15, (day * project) % 5 == 0 ? 1 : 0)),
            ],
            new CollectionFacts(100_000, 99_900, 3, since.AddDays(days).AddHours(8).AddMinutes(59)), new PendingFacts(3, 0, 0), new TimeFacts(12.25, 1 / 3.0, 1.07, 41),
            new FallbackFacts("docker", 3, 1_000), new CapacityFacts(6, 6), null);
    }
}
