using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Gates;

namespace MigrationPortal.Web.Tests.Gates;

public sealed class ReplayViewTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    // The step is held by capacity, whatever no-worse says.
    private static readonly ReplayedDay Judged = Day(GateVerdict.Wait, GateVerdict.Pass, ("no-worse", GateVerdict.Pass, GateVerdict.Fail), ("capacity", GateVerdict.Wait, GateVerdict.Pass));

    private static readonly ReplayedDay NotJudged = Day(GateVerdict.Pass, GateVerdict.Fail, ("capacity", GateVerdict.Pass, GateVerdict.Fail));

    [Theory]
    [InlineData("no-worse", "pass", "fail")]
    [InlineData("capacity", "wait", "pass")]
    [InlineData("all", "wait", "pass")]
    public void Verdicts_AreThoseOfWhatWasAsked(string key, string then, string now)
    {
        var view = ReplayView.Of([Judged], key);

        var day = view.Days.ShouldHaveSingleItem();
        (day.Then, day.Now, view.Changed).ShouldBe((then, now, 1));
        day.Gates.Select(gate => gate.Key).ShouldBe(key == "all" ? ["no-worse", "capacity"] : [key]);
    }

    [Fact]
    public void DayThatTheGateDidNotJudge_HasNoVerdict_AndDidNotChange()
    {
        var view = ReplayView.Of([NotJudged], "no-worse");

        var day = view.Days.ShouldHaveSingleItem();
        (day.Step, day.Then, day.Now, day.Gates.Count, view.Changed).ShouldBe(("step", null, null, 0, 0));
        ReplayView.Of([NotJudged], "all").Changed.ShouldBe(1);
    }

    private static ReplayedDay Day(GateVerdict then, GateVerdict now, params (string Gate, GateVerdict Then, GateVerdict Now)[] gates) => new(
        DateOnly.FromDateTime(Midnight.UtcDateTime), Said(then, [.. gates.Select(gate => (gate.Gate, gate.Then))]), Said(now, [.. gates.Select(gate => (gate.Gate, gate.Now))]));

    private static GateEvaluation Said(GateVerdict verdict, List<(string Gate, GateVerdict Verdict)> gates) => new(
        1, new InstanceId("production"), new GateStep("step", "A step", default, null, null), Midnight, Midnight, verdict, [.. gates.Select(gate => new GateReading(gate.Gate, gate.Verdict, "", ""))], []);
}
