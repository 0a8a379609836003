using Bunit;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Phases;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Phases;

public sealed class ActivityCardsTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    [Fact]
    public void Act_ShowsItsParagraph_ItsEvidence_AndTheWayBack()
    {
        var head = new OperationHead(12, PageServices.Production, 9, "docker 75 → 50 %", OperationState.Succeeded, Actor.Portal, "", null, KitContext.Now, KitContext.Now, null, null, 1, 1, 0, 2);
        var act = new AutomaticAct(ActKind.Flip, new AuditRecord(5, new AuditEntry(KitContext.Now, PageServices.Production, Actor.Portal, "plan.apply", "operation/12", null, null, null), ""), new ActOperation(head, ["docker-1"], null), null, null, null);
        var line = kit.Render<ActLine>(of => of.Add(one => one.Act, act).Add(one => one.Names, ActorNames.None).Add(one => one.Now, KitContext.Now));
        line.Find("h3").TextContent.ShouldBe("Took the next step: docker 75 → 50 %");
        line.Find(".v").TextContent.ShouldContain("step taken");
        line.FindAll("p a").Select(link => link.GetAttribute("href")).ShouldBe(["operations/12", "plans/9", "audit?entry=5"]);
        line.Find("a.btn").GetAttribute("href").ShouldBe("operations/12");
    }

    [Fact]
    public void Coming_TellsWhatIsHeldFromWhatIsReady()
    {
        var where = new ActLink("Open the gates", "gates");
        var card = kit.Render<ComingCard>(of => of.Add(one => one.Now, KitContext.Now).Add(one => one.Acts,
        [
            new ComingAct("step", "docker 75 → 50 %", KitContext.Now.AddDays(2), "It is automatic.", ["Stuck jobs: fail.", "Automation is off (holiday)."], where),
            new ComingAct("schedule", "Phase 3", KitContext.Now.AddMinutes(-1), "On the schedule.", [], where),
        ]));
        card.FindAll(".v").Select(chip => chip.TextContent.Trim()).ShouldBe(["held", "ready"]);
        card.FindAll("li").Select(why => why.TextContent).ShouldBe(["Stuck jobs: fail.", "Automation is off (holiday)."]);
        card.FindAll(".words p")[0].TextContent.ShouldContain("27\u00a0Nov\u00a014:20, in\u00a02\u00a0days");
        card.FindAll(".words p")[2].TextContent.ShouldContain("as soon as it can");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();
}
