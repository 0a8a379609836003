using MigrationPortal.Domain.Phases;
using MigrationPortal.Web.Phases;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Phases;

public sealed class PhaseWordsTests
{
    [Theory]
    [InlineData(FlipMode.Manual, true, false, "manual")]
    [InlineData(FlipMode.Scheduled, true, false, "scheduled")]
    [InlineData(FlipMode.Automatic, true, false, "automatic")]
    [InlineData(FlipMode.Automatic, false, false, "stopped")]
    [InlineData(FlipMode.Automatic, true, true, "manual")]
    public void Taken_SaysWhoTakesTheNextStep(FlipMode mode, bool automation, bool evacuated, string word)
    {
        var reached = new PhaseReached(Phase.UntaggedTakeover, 100, 50, evacuated, KitContext.Now, null, "x");
        PhaseWords.Taken(mode, new PhaseState(PageServices.Production, reached, [reached], automation, null, 0)).Word.ShouldBe(word);
    }
}
