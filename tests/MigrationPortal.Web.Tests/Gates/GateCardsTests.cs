using Bunit;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Gates;
using MigrationPortal.Web.Shared;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Gates;

public sealed class GateCardsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Since = new(2026, 11, 9, 0, 0, 0, TimeSpan.Zero);
    private static readonly GatePolicy Policy = GatePolicy.Default(GateStage.Overlap);

    private readonly KitContext kit = new();

    [Fact]
    public void Difference_BetweenLooks_SaysThatItIsNoDecision()
    {
        var card = kit.Render<DifferenceCard>(of => of.Add(one => one.Shown, Shown(days: 4)));
        card.Find(".say b").TextContent.ShouldContain("below the margin");
        card.Find("rect.undecided").ShouldNotBeNull();
        card.FindAll("line.look").Count.ShouldBe(3);
        card.FindAll("circle.dot").ShouldBeEmpty();
        card.Markup.ShouldContain("margin +0.25");
    }

    [Fact]
    public void Difference_AtALook_ShowsItsVerdict_AndNothingIsUndecided()
    {
        var card = kit.Render<DifferenceCard>(of => of.Add(one => one.Shown, Shown(days: 7)));
        card.Find("circle.dot.pass").ShouldNotBeNull();
        card.FindAll("rect.undecided").ShouldBeEmpty();
        card.FindAll("line.look.done").Count.ShouldBe(1);
    }

    [Fact]
    public void Difference_WithoutSharedProjects_SaysSoInsteadOfDrawing()
    {
        var card = kit.Render<DifferenceCard>(of => of.Add(one => one.Shown, Shown(days: 7, shared: false)));
        card.Markup.ShouldContain("No day has jobs of the same project on both executors yet");
        card.FindAll("svg.chart").ShouldBeEmpty();
    }

    [Fact]
    public void UntilDecided_SaysWhatIsThereAndWhatIsNeeded()
    {
        var card = Until(Facts(4));
        card.Markup.ShouldContain("11 of 14");
        card.Markup.ShouldContain("first look 16 Nov; if not shown, 23 Nov and 30 Nov");
        card.Markup.ShouldContain("100\u00a0%, needs 60\u00a0%");
        card.Markup.ShouldContain("enough for the look on 16 Nov");
        Until(Facts(8)).Markup.ShouldContain("decided");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(30, true)]
    [InlineData(90, true)]
    public void UntilDecided_WaitsForWhatTheGateWaitsFor_ThoughTheJobsAloneSuffice(int worse, bool waits)
    {
        // Two bad days on docker: no fewer jobs, but each says less.
        var facts = Facts(6);
        facts = facts with { Arms = [.. facts.Arms.Select(arm => arm.Day.Day is 3 or 12 ? arm with { Docker = arm.Docker with { Infrastructure = arm.Docker.Infrastructure + worse } } : arm)] };
        SampleFacts.Of(facts, Policy, LookPlan.Of(facts.Step, Policy)!)!.IsEnough.ShouldBeTrue();
        var reading = Gate.All.OfType<NoWorseGate>().First().Read(facts, Policy);
        reading.Verdict.ShouldBe(GateVerdict.Wait);
        (reading.MoreJobs is not null).ShouldBe(waits);

        var card = Until(facts);
        card.Markup.Contains("enough", StringComparison.Ordinal).ShouldBe(!waits);
        if (waits) card.Markup.ShouldContain($"{Words.Count(reading.MoreJobs!.Value)} more for the next look");
    }

    [Fact]
    public void List_MarksShadow_AndLinksToEachGate()
    {
        var evaluation = GateEvaluation.Of(new InstanceId("production"), Facts(7), Policy);
        var card = kit.Render<GateListCard>(of => of.Add(one => one.Evaluation, evaluation).Add(one => one.Selected, "no-worse"));
        card.FindAll("li a").Select(link => link.GetAttribute("href")!.Split("gate=")[1]).ShouldBe(evaluation.Readings.Select(reading => reading.Gate));
        card.Find("li.on").TextContent.ShouldContain("No worse than docker");
        card.Markup.ShouldContain("Predicted failures, in shadow: does not count");
    }

    [Fact]
    public void Step_SaysWhatComesAndWhatIsReached()
    {
        var instance = new InstanceId("production");
        var reached = new PhaseReached(Phase.UntaggedTakeover, 50, 100, false, Since, null, "K 50");
        var card = kit.Render<StepVerdictCard>(of => of.Add(one => one.Evaluation, GateEvaluation.Of(instance, Facts(7), Policy)).Add(one => one.Policy, PhasePolicy.Default(Phase.UntaggedTakeover))
            .Add(one => one.State, new PhaseState(instance, reached, [reached], true, null, 1)));
        card.Find("p.xs").TextContent.ShouldMatch(@"^Next step: .+ \(now: Untagged takeover: Kubernetes 50 %, .+\)$");
    }

    [Fact]
    public void Verdict_ItsFirstSentenceIsTheFinding()
    {
        var reading = new GateReading("capacity", GateVerdict.Fail, "5 of 6", "One runner is silent. It was seen an hour ago.");
        var card = kit.Render<GateVerdictCard>(of => of.Add(one => one.Reading, reading).Add(one => one.At, KitContext.Now.AddMinutes(-5)).Add(one => one.Now, KitContext.Now));
        card.Find("b").TextContent.ShouldBe("One runner is silent.");
        card.Markup.ShouldContain("It was seen an hour ago.");
    }

    private IRenderedComponent<UntilDecidedCard> Until(GateFacts facts) => kit.Render<UntilDecidedCard>(of => of.Add(one => one.Shown, UntilDecided.Of(facts, Policy)));

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static DifferenceShown Shown(int days, bool shared = true)
    {
        var facts = Facts(days, shared);
        return DifferenceShown.Of(
            new GatesShown(GateEvaluation.Of(new InstanceId("production"), facts, Policy), facts, Policy, Phase.UntaggedTakeover, PhasePolicy.Default(Phase.UntaggedTakeover)), Gate.All.OfType<NoWorseGate>().First());
    }

    // A step of Monday 9 November in a takeover that began a week before: 40 projects, a thousand jobs a day on each side.
    private static GateFacts Facts(int days, bool shared = true) => new(
        new GateStep("untagged-takeover/100/50", "docker 75 → 50 %", GateStage.Overlap, Since, Since.AddDays(-7)), Since.AddDays(days).AddHours(9), DateTimeOffset.MinValue,
        [
            .. from day in Enumerable.Range(-7, days + 7)
                from project in Enumerable.Range(1, 40)
                select new ArmDay(project, DateOnly.FromDateTime(Since.UtcDateTime).AddDays(day), new ArmCounts(1_000, 200, 2 + ((project + day + 7) % 3)), shared ? new ArmCounts(1_000, 200, 2 + ((project + day + 8) % 3)) : default),
        ],
        new CollectionFacts(1_000_000, 999_000, 0, Since.AddDays(days).AddHours(9)), new PendingFacts(10, 0, 0), new TimeFacts(40, 38, 1, 30), new FallbackFacts("docker", 1, 1_000), new CapacityFacts(6, 6), null);
}
