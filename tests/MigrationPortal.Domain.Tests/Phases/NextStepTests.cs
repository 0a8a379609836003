using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public class NextStepTests
{
    [Fact]
    public void Of_WalkedFromTheBeginning_IsTheWholeRail()
    {
        List<string> seen = [];
        PhaseReached? reached = null;
        while (NextStep.Of(reached) is { } next)
        {
            seen.Add(TargetWords.Marker(next));
            reached = Make.State(next.Phase, next.KubernetesUntaggedPercent, next.LegacyUntaggedPercent).Current;
        }
        seen.ShouldBe(["phase 0", "phase 1", "K 1", "K 50", "K 100", "L 75", "L 50", "L 25", "phase 2", "phase 3", "phase 4", "phase 5"]);
    }

    [Theory]
    [InlineData(Phase.UntaggedTakeover, 30, 100, false, "K 50")]
    [InlineData(Phase.UntaggedTakeover, 100, 60, false, "L 50")]
    [InlineData(Phase.UntaggedTakeover, null, null, false, "phase 3")]
    [InlineData(Phase.UntaggedTakeover, 100, 60, true, "L 60")]
    public void Of_AnyReachedTarget_IsTheFirstStepBeyond(Phase phase, int? k, int? l, bool evacuated, string next) =>
        TargetWords.Marker(NextStep.Of(Make.State(phase, k, l, evacuated).Current)!).ShouldBe(next);
}
