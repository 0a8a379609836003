using Bunit;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class ProjectCardTests : IAsyncDisposable
{
    private static readonly ProjectId Id = new(PageServices.Production, 7);
    private static readonly string[] Forbidden = ["executor", "cohort", "gate", "stratum", "plan"];

    private readonly KitContext kit = new();

    [Fact]
    public void Card_OfAReadyProject_OffersToTryItWithTheJobsThatMove()
    {
        var tried = false;
        var card = Render(Mine(), onTry: () => tried = true);

        card.Find(".btn.p").TextContent.Trim().ShouldBe("Try it with 1\u00a0job");
        card.Find(".btn.p").Click();
        tried.ShouldBeTrue();
        card.Markup.ShouldContain("75\u00a0%");
        card.Markup.ShouldContain("on Kubernetes 1 of 10");
    }

    [Fact]
    public void Card_WithAJobThatWillFail_SaysWhichAndWhatToDo()
    {
        var card = Render(Mine(blocked: true));

        card.Markup.ShouldContain("1\u00a0job to fix");
        card.Markup.ShouldContain("1 of 2 jobs ready");
        card.Find("dl").TextContent.ShouldContain("net will fail whenever Kubernetes takes it.");
        card.Markup.ShouldContain("nc -z db 443");
    }

    [Theory]
    [InlineData(EnrollmentState.Verified, EnrollmentTarget.Kubernetes, "Go back to docker", "by your own choice")]
    [InlineData(EnrollmentState.Moved, EnrollmentTarget.Kubernetes, "Go back to docker", "asks for Kubernetes now")]
    [InlineData(EnrollmentState.Verified, EnrollmentTarget.Docker, "Follow the others again", "stays on docker")]
    [InlineData(EnrollmentState.Invited, EnrollmentTarget.Kubernetes, "Yes, try it", "Nothing moves by itself yet")]
    public void Card_InEachState_HasOnePrimaryButtonAndSaysWhere(EnrollmentState state, EnrollmentTarget target, string button, string words)
    {
        var card = Render(Mine(enrollment: new Enrollment(1, Id, target, EnrollmentKind.Volunteer, EnrollmentWay.Variable, state, null, null, Actor.Portal, KitContext.Now, 1)));

        card.FindAll(".btn.p").ShouldHaveSingleItem().TextContent.Trim().ShouldBe(button);
        card.Find("dl").TextContent.ShouldContain(words);
    }

    /// <summary>A click would be refused: there is none, and the day instead.</summary>
    [Fact]
    public void Card_OfAProjectThatWaits_SaysUntilWhen_AndOffersNoMove()
    {
        var mine = Mine(enrollment: new Enrollment(1, Id, EnrollmentTarget.Kubernetes, EnrollmentKind.Random, null, EnrollmentState.Waitlisted, null, null, Actor.Portal, KitContext.Now, 1));

        var card = Render(mine with { TurnComes = new DateTimeOffset(2026, 12, 2, 14, 20, 0, TimeSpan.Zero) });

        card.FindAll(".acts .btn:not(.q)").ShouldBeEmpty();
        card.Find("dl").TextContent.ShouldContain("Its turn comes on 2 Dec 2026, so that");
        Render(mine).Find("dl").TextContent.ShouldContain("Its turn comes later, so that");
    }

    /// <summary>As many jobs by a merge request as by the pair: the one that changes one place wins, and the pair has its own words.</summary>
    [Fact]
    public void Card_PairBesideOtherWays_IsChosenOnlyWhereItMovesMore()
    {
        var plan = new MovePlan(Id, EnrollmentTarget.Kubernetes, [new JobChange("build", [], ["k8s-default"], JobChangeKind.Moves, null)]);
        var pair = new WayOffer(EnrollmentWay.ProjectRunner, 1, null) { Staying = [] };

        (Mine() with { Move = new MoveOutlook(plan, [new WayOffer(EnrollmentWay.MergeRequest, 1, null), pair]) }).BestWay!.Way.ShouldBe(EnrollmentWay.MergeRequest);
        (Mine() with { Move = new MoveOutlook(plan, [pair with { Jobs = 2 }, new WayOffer(EnrollmentWay.MergeRequest, 1, null)]) }).BestWay!.Way.ShouldBe(EnrollmentWay.ProjectRunner);
        MoveActWords.Of(pair, plan).ShouldContain("Kubernetes runner that is kept ready");
        MoveActWords.Of(pair, plan with { Target = EnrollmentTarget.Docker }).ShouldContain("docker runner that is kept ready");
    }

    [Theory]
    [InlineData(EnrollmentState.Moving, EnrollmentWay.ProjectRunner, "Go on|Take it back", "did not come to its end")]
    [InlineData(EnrollmentState.Returning, EnrollmentWay.ProjectRunner, "Take it back", "Click again to go on")]
    [InlineData(EnrollmentState.Moving, EnrollmentWay.MergeRequest, "Go on|Take it back", "did not come to its end")]
    [InlineData(EnrollmentState.Returning, EnrollmentWay.MergeRequest, "Take it back", "Click again to go on")]
    public void Card_CutOff_LeadsOnAndBack(EnrollmentState state, EnrollmentWay by, string buttons, string words)
    {
        var plan = new MovePlan(Id, EnrollmentTarget.Kubernetes, []);
        var card = Render(Mine(enrollment: new Enrollment(1, Id, EnrollmentTarget.Kubernetes, EnrollmentKind.Volunteer, by, state, null, null, Actor.Portal, KitContext.Now, 1) { Original = new MoveRecord([], null).Write() }) with
        {
            Move = new MoveOutlook(plan, [new WayOffer(EnrollmentWay.MergeRequest, 9, null), new WayOffer(EnrollmentWay.ProjectRunner, 1, null)]),
        });

        string.Join('|', card.FindAll(".acts .btn:not(.q)").Select(button => button.TextContent.Trim())).ShouldBe(buttons);
        card.Find("dl").TextContent.ShouldContain(words);
    }

    /// <summary>Held back only once a job has shown it: before, the card promises nothing.</summary>
    [Theory]
    [InlineData(EnrollmentState.Moved, "It asks for docker until 17 Apr 2027. The next jobs show")]
    [InlineData(EnrollmentState.Verified, "It stays on docker until 17 Apr 2027: job 7 ran there. Then the change is taken out.")]
    public void Card_OfAPin_SaysUntilWhenAndWhatShowsIt(EnrollmentState state, string words)
    {
        var until = new DateTimeOffset(2027, 4, 17, 23, 59, 0, TimeSpan.Zero);
        var card = Render(Mine(enrollment: new Enrollment(1, Id, EnrollmentTarget.Docker, EnrollmentKind.Volunteer, EnrollmentWay.Variable, state, until, "job 7 ran there", Actor.Portal, KitContext.Now, 1)));

        card.Find("dl").TextContent.ShouldContain(words);
    }

    /// <summary>Of a moved project: "back" means another thing in each phase, and what a click would refuse is no button.</summary>
    [Theory]
    [InlineData(Phase.OptIn, "Go back to docker")]
    [InlineData(Phase.UntaggedTakeover, "Ask for more time|Stay on docker")]
    [InlineData(Phase.DockerFallback, "Take the change out|Ask for more time|Stay on docker")]
    [InlineData(Phase.Decommission, "Take the change out")]
    public void Card_OfAMovedProject_OffersWhatItsPhaseHas(Phase phase, string buttons)
    {
        var mine = Mine(enrollment: new Enrollment(1, Id, EnrollmentTarget.Kubernetes, EnrollmentKind.Volunteer, EnrollmentWay.Variable, EnrollmentState.Verified, null, null, Actor.Portal, KitContext.Now, 1));
        var card = Render(mine with { Pin = mine.Move }, phase: phase);

        string.Join('|', card.FindAll(".acts .btn:not(.q)").Select(button => button.TextContent.Trim())).ShouldBe(buttons);
    }

    [Fact]
    public void Card_NothingOffered_ShowsWhyAndTheLinesToPaste()
    {
        var mine = Mine() with { Move = new MoveOutlook(new MovePlan(Id, EnrollmentTarget.Kubernetes, []), [WayOffer.Not(EnrollmentWay.MergeRequest, "No job of the project can move.")]) };

        var card = Render(mine);

        card.FindAll(".btn.p").ShouldBeEmpty();
        card.Markup.ShouldContain("No job of the project can move.");
        card.Markup.ShouldContain("tags: [k8s-default]");
    }

    [Fact]
    public void Cards_OfAllKinds_SpeakNoWordOfTheTrade()
    {
        foreach (var mine in new[] { Mine(), Mine(blocked: true), Mine() with { Scan = null, Move = null, Runs = null, LastRun = null } })
        {
            var text = Render(mine).Find("section, article, .card").TextContent.ToLowerInvariant();
            foreach (var word in Forbidden) text.Split([' ', '.', ',', '\n', ':'], StringSplitOptions.RemoveEmptyEntries).ShouldNotContain(word);
        }
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static MyProject Mine(bool blocked = false, Enrollment? enrollment = null)
    {
        Finding[] findings = blocked ? [new Finding("R05", Severity.Blocks, "net", 4, "ping opens a raw socket.", "nc -z db 443", null)] : [];
        var scan = new ProjectScan(Id, "main", KitContext.Now, ScanState.Read, null, [new ScannedJob("build", []), new ScannedJob("net", [])], findings, []);
        JobChange[] changes = [new("build", [], ["k8s-default"], JobChangeKind.Moves, null)];
        return new MyProject(
            new OwnProject(Id, "billing/ledger", "https://gitlab.example/billing/ledger", "main", false),
            new LastRun(1, KitContext.Now, new Executor("docker"), 3),
            new ProjectRuns(new Rate(2, 30), new Rate(1, 10), 0),
            scan, [], enrollment,
            new MoveOutlook(new MovePlan(Id, EnrollmentTarget.Kubernetes, changes), [new WayOffer(EnrollmentWay.MergeRequest, 1, null)]), null);
    }

    private IRenderedComponent<ProjectCard> Render(MyProject mine, Action? onTry = null, Phase phase = Phase.OptIn) => kit.Render<ProjectCard>(parameters => parameters
        .Add(card => card.Mine, mine)
        .Add(card => card.Way, MigrationWay.Of(new PhaseReached(phase, null, null, false, KitContext.Now, 1, "phase 1"), "k8s-default", "docker-fallback"))
        .Add(card => card.OnTry, onTry ?? (() => { })));
}
