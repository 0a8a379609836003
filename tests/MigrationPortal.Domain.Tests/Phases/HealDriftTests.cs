using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public class HealDriftTests
{
    private static readonly RunnerId Turned = Make.Id(1);

    [Fact]
    public async Task DriftOfTwoReadings_IsPutBackByAnOperationOfThePortal()
    {
        var portal = await ReachedAsync(heals: true);
        var desired = portal.GitLab.State[Turned];
        Turn(portal);

        (await ReadAsync(portal, 1)).ShouldBeNull("one reading may fall between two changes");
        (await ReadAsync(portal, 2)).ShouldNotBeNull().ShouldContain("puts 1 runner back");

        var operation = (await portal.Operations.UnfinishedAsync(Make.Production, default)).ShouldNotBeNull();
        operation.Reason.ShouldContain("legacy-1");
        (await portal.FinishAsync(operation.Id)).ShouldSatisfyAllConditions(one => one.State.ShouldBe(OperationState.Succeeded), one => one.StartedBy.ShouldBe(Actor.Portal));
        portal.GitLab.State[Turned].ShouldBe(desired);
        portal.Migration.State.Current!.Phase.ShouldBe(Phase.UntaggedTakeover);
    }

    [Fact]
    public async Task DriftThatComesBackInTheSameWay_IsAConflict_ToldOnce_AndLeftAlone_AnotherOneIsPutBack()
    {
        var portal = await ReachedAsync(heals: true);
        await HealedAsync(portal, 1);
        var desired = portal.GitLab.State[Turned];
        portal.Notices.Told.Clear();
        Turn(portal);

        for (var minute = 11; minute < 16; minute++) (await ReadAsync(portal, minute)).ShouldBeNull();

        var conflict = portal.Notices.Told.Where(one => one.Key.Contains("conflict", StringComparison.Ordinal)).ShouldHaveSingleItem();
        (conflict.Kind, conflict.Severity).ShouldBe((NoticeKind.Drift, NoticeSeverity.Attention));
        conflict.Sentence.ShouldContain("legacy-1");
        portal.GitLab.State[Turned].ShouldNotBe(desired);

        portal.GitLab.Set((await portal.Fleet.LatestAsync(Make.Production, default))!.Runners.First(runner => runner.Standing.Managed && runner.Id != Turned).Id, Other);
        await ReadAsync(portal, 20);
        (await ReadAsync(portal, 21)).ShouldNotBeNull().ShouldContain("puts 1 runner back");
    }

    [Fact]
    public async Task TheSameDrift_AfterAMonth_IsPutBackAgain()
    {
        var portal = await ReachedAsync(heals: true);
        await HealedAsync(portal, 1);
        Turn(portal);
        var month = (int)HealDrift.Remembered.TotalMinutes + 5;

        await ReadAsync(portal, month);

        (await ReadAsync(portal, month + 1)).ShouldNotBeNull();
    }

    // Windows in minutes, and what two readings of a drifted runner then find, the second at minute 2.
    public static TheoryData<string, (int From, int Until)[], bool, string?> Freezes => new()
    {
        { "no window", [], true, null },
        { "it lasts", [(0, 60)], false, "13:00 UTC" },
        { "it is over", [(0, 2)], true, null },
        { "it comes later", [(3, 60)], true, null },
        { "the next one begins where it ends", [(0, 30), (30, 90)], false, "13:30 UTC" },
    };

    [Theory]
    [MemberData(nameof(Freezes))]
    public async Task InAFreezeWindow_DriftStaysReported_AndIsPutBackAfterIt(string _, (int From, int Until)[] windows, bool heals, string? until)
    {
        var portal = await ReachedAsync(heals: true);
        foreach (var (from, to) in windows) portal.Freezes.Add(Make.Production, "Audit", Make.Now.AddMinutes(from), Make.Now.AddMinutes(to));
        Turn(portal);

        (await ReadAsync(portal, 1)).ShouldBeNull();
        var said = (await ReadAsync(portal, 2)).ShouldNotBeNull();

        said.Contains("puts 1 runner back", StringComparison.Ordinal).ShouldBe(heals, said);
        (await portal.Operations.UnfinishedAsync(Make.Production, default) is not null).ShouldBe(heals);
        portal.Notices.Told.ShouldContain(one => one.Kind == NoticeKind.Drift);
        if (heals) return;
        said.ShouldContain("not put back. Held by the freeze window 'Audit'");
        said.ShouldContain(until!);
        (await ReadAsync(portal, windows.Max(window => window.Until) - 1)).ShouldBe(said);
        (await ReadAsync(portal, windows.Max(window => window.Until))).ShouldNotBeNull().ShouldContain("puts 1 runner back");
    }

    [Fact]
    public async Task InAFreezeWindow_APersonPutsBackByAPlan()
    {
        var portal = await ReachedAsync(heals: true);
        var desired = portal.GitLab.State[Turned];
        portal.Freezes.Add(Make.Production, "Audit", Make.Now, Make.Now.AddDays(1));
        Turn(portal);
        await ReadAsync(portal, 1);
        await ReadAsync(portal, 2);

        await portal.FinishAsync((await portal.StartAsync(Make.Target(Phase.UntaggedTakeover)))!.Id);

        portal.GitLab.State[Turned].ShouldBe(desired);
        (await ReadAsync(portal, 3)).ShouldBeNull();
    }

    public static TheoryData<string, bool> Holding => new() { { "policy", false }, { "automation", false }, { "evacuated", false }, { "nothing", true } };

    [Theory]
    [MemberData(nameof(Holding))]
    public async Task AFreeze_IsSaidToHoldOnly_WhatWouldBePutBackWithoutIt(string lacking, bool holds)
    {
        var portal = await ReachedAsync(heals: lacking != "policy");
        if (lacking == "automation") await portal.Migration.SaveStateAsync(portal.Migration.State with { AutomationOn = false }, default);
        if (lacking == "evacuated") await portal.FinishAsync((await portal.StartAsync(new PlanTarget.Evacuate()))!.Id);
        portal.Freezes.Add(Make.Production, "Audit", Make.Now, Make.Now.AddDays(1));

        (await new DriftFreeze(portal.Migration, portal.ReadFreezes).AtAsync(Make.Production, Make.Now.AddHours(1), default) is not null).ShouldBe(holds);
    }

    public static TheoryData<string> Reasons => ["policy", "automation", "observe", "operation", "evacuated"];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task NothingIsPutBack_WithoutTheRightTo(string lacking)
    {
        var portal = await ReachedAsync(heals: lacking != "policy");
        if (lacking == "automation") await portal.Migration.SaveStateAsync(portal.Migration.State with { AutomationOn = false }, default);
        if (lacking == "observe") portal.Health = new ConnectionHealth(Make.Production, Make.Now, true, "19.2.1", true, false, null, null, [], []);
        if (lacking == "evacuated") await portal.FinishAsync((await portal.StartAsync(new PlanTarget.Evacuate()))!.Id);
        if (lacking == "operation") await portal.StartAsync(new PlanTarget.Evacuate());
        var operations = (await portal.Operations.NewestAsync(Make.Production, 10, null, default)).Count;
        Turn(portal);

        for (var minute = 1; minute < 5; minute++) (await ReadAsync(portal, minute)).ShouldBeNull();

        (await portal.Operations.NewestAsync(Make.Production, 10, null, default)).Count.ShouldBe(operations);
    }

    private static async Task HealedAsync(Portal portal, int minute)
    {
        Turn(portal);
        await ReadAsync(portal, minute);
        await ReadAsync(portal, minute + 1);
        await portal.FinishAsync((await portal.Operations.UnfinishedAsync(Make.Production, default))!.Id);
        (await ReadAsync(portal, minute + 2)).ShouldBeNull();
    }

    // A reading of the fleet as the sweep makes it.
    private static async Task<string?> ReadAsync(Portal portal, int minute)
    {
        portal.Time = Make.Now.AddMinutes(minute);
        var (_, runners) = await portal.GitLab.ReadAsync(Make.Production, RequestLane.Monitoring, default);
        var snapshot = await portal.Fleet.StoreAsync(Make.Production, portal.Time, runners, default);
        return await portal.Heal.RunAsync(snapshot, await portal.Drift.RunAsync(snapshot, default), default);
    }

    // As if somebody switched untagged jobs the other way by hand.
    private static void Turn(Portal portal) => portal.GitLab.Set(Turned, Other);

    private static ObservedRunner Other(ObservedRunner runner) => runner with { Attributes = runner.Attributes with { RunUntagged = !runner.Attributes.RunUntagged } };

    private static async Task<Portal> ReachedAsync(bool heals)
    {
        var context = ApplyPlanTests.Context();
        var portal = new Portal(context with
        {
            Settings = context.Settings with { Policies = new Dictionary<Phase, PhasePolicy> { [Phase.UntaggedTakeover] = PhasePolicy.Default(Phase.UntaggedTakeover) with { HealsDrift = heals } } },
        });
        await portal.FinishAsync((await portal.StartAsync(Make.Target(Phase.UntaggedTakeover)))!.Id);
        portal.Notices.Told.Clear();
        return portal;
    }
}
