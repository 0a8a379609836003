using Bunit;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Gates;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Gates;

public sealed class GuardCardsTests : IAsyncDisposable
{
    private static readonly GuardFacts Calm = new(
        KitContext.Now, KitContext.Now.AddDays(-1), KitContext.Now.AddMinutes(-1), new HourFacts(new ArmCounts(200, 20, 1), 9, 1, new ArmCounts(200, 20, 1)), new ArmCounts(100_000, 10_000, 300), new ArmCounts(50_000, 5_000, 150),
        null, new StuckFacts(0, 0, 0, 2), new ContactFacts(KitContext.Now, 6, 6, 20), new StartFacts(30, 0), []);

    private readonly KitContext kit = new();

    [Fact]
    public void Rules_ShowReadingLimitAndAct_AndSinceWhenTheyStand()
    {
        var (before, now) = (At(-5, stuck: 3, id: 1), At(0, stuck: 3, id: 2));
        var card = kit.Render<GuardRulesCard>(of => of.Add(one => one.Evaluation, now).Add(one => one.History, [now, before]).Add(one => one.Now, KitContext.Now));
        card.FindAll(".rule").Count.ShouldBe(GuardRule.All.Count);
        var stuck = card.Find("#stuck");
        stuck.QuerySelector(".v")!.TextContent.ShouldContain("seen once");
        stuck.TextContent.ShouldContain("Fires when a pending job has no runner since the last step");
        stuck.TextContent.ShouldContain("Breached since 14:15");
        card.Find("#burst").TextContent.ShouldNotContain("Breached since");
        card.Find("#burst .v").TextContent.ShouldContain("quiet");
    }

    [Fact]
    public void History_MarksEachBreach_AndTellsWhatSaysTheSameOnce()
    {
        GuardEvaluation[] history = [At(0, id: 4), At(-10, stuck: 3, id: 3), At(-15, stuck: 3, id: 2), At(-60 * 25, stuck: 3, id: 1)];
        var card = kit.Render<GuardHistoryCard>(of => of.Add(one => one.History, history).Add(one => one.Now, KitContext.Now));
        card.FindAll("svg rect").Count.ShouldBe(2, "the third is older than a day");
        card.FindAll("tbody tr td:last-child a").Select(link => link.GetAttribute("href")).ShouldBe(["gates/guard?evaluation=2", "gates/guard?evaluation=1"]);

        var none = kit.Render<GuardHistoryCard>(of => of.Add(one => one.History, [At(0, id: 4)]).Add(one => one.Now, KitContext.Now));
        none.Markup.ShouldContain("No rule has asked for anything yet");
    }

    [Fact]
    public void Facts_AreShownWithTheirDenominators()
    {
        var card = kit.Render<GuardFactsCard>(of => of.Add(one => one.Facts, Calm).Add(one => one.Evaluation, At(0, id: 4)));
        card.FindAll("tbody tr").Count.ShouldBe(4);
        card.Markup.ShouldContain("20 of 200 (10");
        card.Find(".facts").TextContent.ShouldContain("2 waiting for a brownout do not count");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static GuardEvaluation At(int minutes, long stuck = 0, long id = 0) =>
        GuardEvaluation.Of(PageServices.Production, Calm with { At = KitContext.Now.AddMinutes(minutes), Stuck = new StuckFacts(stuck, 0, 0, 0) }) with { Id = id };
}
