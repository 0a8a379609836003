using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Gates;

namespace MigrationPortal.Web.Tests.Gates;

public sealed class StepVerdictTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<GateVerdict, FlipMode, bool, bool, string, string> Rows => new()
    {
        { GateVerdict.Pass, FlipMode.Automatic, false, true, "It is safe to take this step. All 3 gates that count pass.", "The portal takes it by itself within a quarter of an hour." },
        { GateVerdict.Pass, FlipMode.Automatic, false, false, "It is safe to take this step. All 3 gates that count pass.", "Automation is off, so nothing happens by itself: somebody takes the step under Phases, or switches automation on." },
        { GateVerdict.Pass, FlipMode.Manual, true, true, "It is safe to take this step. All 3 gates that count pass.", "Somebody takes it under Phases." },
        { GateVerdict.Wait, FlipMode.Automatic, false, true, "Whether this step is safe is not decided yet. A gate waits: No worse than docker.", "The portal takes it by itself once all gates pass, on 25 Nov at the earliest; they are read every quarter of an hour." },
        { GateVerdict.Unknown, FlipMode.Manual, true, true, "Nobody can tell yet whether this step is safe. A gate has no answer: No worse than docker.", "A plan of it is refused until all gates pass, on 25 Nov at the earliest, unless an administrator overrides them by name." },
        { GateVerdict.Fail, FlipMode.Manual, false, true, "This step is not safe. A gate fails: No worse than docker.", "Somebody takes it under Phases. Gates only advise: who takes it before they pass, on 25 Nov at the earliest, is warned." },
        { GateVerdict.Fail, FlipMode.Scheduled, true, true, "This step is not safe. A gate fails: No worse than docker.", "It is taken when it stands on the schedule, and refused then while gates do not pass." },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Of_SaysWhetherItIsSafe_Why_AndWhatHappensNext(GateVerdict verdict, FlipMode mode, bool binds, bool automation, string safe, string next)
    {
        var shown = StepVerdict.Of(Evaluation(verdict), PhasePolicy.Default(Phase.UntaggedTakeover) with { Mode = mode, GatesBind = binds }, automation);

        ($"{shown.Safe} {shown.Why}", shown.Next).ShouldBe((safe, next));
    }

    [Fact]
    public void Of_AGateWithoutAnAnswer_StillNamesThoseThatWait()
    {
        var evaluation = Evaluation(GateVerdict.Unknown);
        var waits = evaluation with { Readings = [.. evaluation.Readings.Select(reading => reading.Gate == "sample" ? reading with { Verdict = GateVerdict.Wait } : reading)] };
        StepVerdict.Of(waits, PhasePolicy.Default(Phase.UntaggedTakeover), true).Why.ShouldBe("A gate has no answer: No worse than docker. A gate waits: Sample and bake time.");
    }

    // In shadow a gate may say what it likes.
    private static GateEvaluation Evaluation(GateVerdict verdict) => new(
        1, new InstanceId("production"), new GateStep("untagged-takeover/100/50", "docker 75 → 50 %", GateStage.Overlap, Noon.AddDays(-7), Noon.AddDays(-14)), Noon, Noon, verdict,
        [
            new GateReading("no-worse", verdict, "x", "It says so.") { Until = verdict == GateVerdict.Pass ? null : Noon.AddDays(2) },
            new GateReading("sample", GateVerdict.Pass, "x", "Enough."), new GateReading("capacity", GateVerdict.Pass, "x", "Enough."),
            new GateReading("predicted-failures", GateVerdict.Unknown, "x", "Not known."),
        ],
        ["predicted-failures"]);
}
