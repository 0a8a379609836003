using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public class ReplayGatesTests
{
    private readonly MemoryGates gates = new();

    [Fact]
    public async Task PresentPolicy_SaysOfEachDayWhatWasSaidThen()
    {
        await PastAsync(1, 10, GateWorld.Policy);

        var days = await ReplayAsync(9, policy => policy);

        days.Select(day => day.Day).ShouldBe(Enumerable.Range(2, 9).Select(day => DateOnly.FromDateTime(GateWorld.Since.UtcDateTime).AddDays(day)).Reverse());
        days.ShouldAllBe(day => day.Now.Verdict == day.Then.Verdict);
        days.Select(day => day.Now.Verdict).ShouldContain(GateVerdict.Pass, "a look lies among them");
    }

    [Fact]
    public async Task NarrowerMargin_WouldNotHavePassed_WiderOneWould()
    {
        await PastAsync(1, 10, GateWorld.Policy);
        var passed = (await ReplayAsync(9, policy => policy)).Where(day => day.Now.Verdict == GateVerdict.Pass).Select(day => day.Day).ToList();

        (await ReplayAsync(9, policy => policy with { Margin = 0.00001 })).Where(day => day.Now.Verdict == GateVerdict.Pass).ShouldBeEmpty();
        (await ReplayAsync(9, policy => policy with { Margin = 0.05 })).Where(day => day.Now.Verdict == GateVerdict.Pass).Select(day => day.Day).ShouldBe(passed);
    }

    [Fact]
    public async Task DaysOnWhichNobodyLooked_AreMissing()
    {
        await PastAsync(1, 3, GateWorld.Policy);
        await PastAsync(6, 10, GateWorld.Policy);

        (await ReplayAsync(9, policy => policy)).Select(day => day.Day.DayNumber - DateOnly.FromDateTime(GateWorld.Since.UtcDateTime).DayNumber).ShouldBe([10, 9, 8, 7, 6, 4, 3, 2], "the last look before midnight counts for it");
    }

    [Fact]
    public void AsOf_ADayKnowsNothingOfItself_AndKeepsTheLagOfItsReading()
    {
        var midnight = GateWorld.Since.AddDays(3);
        var facts = GateWorld.Facts(5);
        facts = facts with { Names = [.. facts.Arms.Where(arm => arm.Project == 7).Select(arm => new NameDay(7, "lint", arm.Day, arm.Kubernetes, arm.Docker))] };

        var then = ReplayGates.AsOf(facts, midnight);

        then.Arms.Max(arm => arm.Day).ShouldBe(DateOnly.FromDateTime(midnight.UtcDateTime).AddDays(-1));
        then.Names.Max(one => one.Day).ShouldBe(DateOnly.FromDateTime(midnight.UtcDateTime).AddDays(-1));
        (then.At - then.Collection.LookedAt!.Value).ShouldBe(facts.At - facts.Collection.LookedAt!.Value);
    }

    // As the sweep stores them: what says the same goes on, and the day's last reading is its evidence.
    private async Task PastAsync(int from, int to, GatePolicy policy)
    {
        for (var day = from; day <= to; day++)
        {
            foreach (var hour in (int[])[0, 23])
            {
                var facts = ReplayGates.AsOf(GateWorld.Facts(12), GateWorld.Since.AddDays(day)) with { At = GateWorld.Since.AddDays(day).AddHours(hour).AddMinutes(hour == 0 ? 0 : 59) };
                facts = facts with { Collection = facts.Collection with { LookedAt = facts.At.AddMinutes(-1) } };
                var now = GateEvaluation.Of(Make.Production, facts, policy);
                if (await gates.LatestAsync(Make.Production, default) is not { } latest || !latest.SaysTheSame(now) || facts.At - latest.Until > TimeSpan.FromDays(1)) await gates.AddAsync(now, facts, policy, default);
                else await gates.ConfirmAsync(now with { Id = latest.Id, From = latest.From }, facts, policy, default);
            }
        }
    }

    private async Task<IReadOnlyList<ReplayedDay>> ReplayAsync(int days, Func<GatePolicy, GatePolicy> edit)
    {
        var settings = Make.Settings() with { Policies = new Dictionary<Phase, PhasePolicy> { [Phase.UntaggedTakeover] = PhasePolicy.Default(Phase.UntaggedTakeover) with { Gates = GateWorld.Policy } } };
        return await new ReplayGates(new MemoryMigration(settings, Make.State(Phase.UntaggedTakeover), new Touches()), gates, new Still(GateWorld.Since.AddDays(10).AddHours(12))).RunAsync(Make.Production, days, edit, default);
    }

    private sealed class Still(DateTimeOffset now) : IWorldClock
    {
        public DateTimeOffset Now(InstanceId instance) => now;

        public double Speed(InstanceId instance) => 0;
    }
}
