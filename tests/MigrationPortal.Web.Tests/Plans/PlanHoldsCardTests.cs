using Bunit;
using Microsoft.AspNetCore.Components.Web;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Plans;

public sealed class PlanHoldsCardTests : IAsyncDisposable
{
    private static readonly PlanBlocker[] Gates =
    [
        new(GateGuard.Code, "Stuck jobs: fail. 3 jobs have no runner.", GateGuard.Override, []),
        new(GateGuard.Code, "No worse than docker: wait. Not decided before 7 Dec.", GateGuard.Override, []),
    ];

    private readonly KitContext kit = new();

    [Fact]
    public async Task Gates_AreListedWithTheirSentences_AndOverriddenByName()
    {
        var asked = new List<string>();
        var card = kit.Render<PlanHoldsCard>(of => of.Add(one => one.Holds, Gates).Add(one => one.IsOverridden, false).Add(one => one.OnOverride, asked.Add));
        card.FindAll("li").Select(gate => gate.TextContent).ShouldBe(Gates.Select(gate => gate.Message));
        card.Find(".att p").TextContent.ShouldBe("2\u00a0gates hold this step, and here gates bind");
        card.Find(".att a").GetAttribute("href").ShouldBe("gates");
        await card.Find(".att button").ClickAsync(new MouseEventArgs());
        asked.ShouldBe(["gates"]);

        card.Render(of => of.Add(one => one.IsOverridden, true));
        card.Find(".v").TextContent.ShouldContain("override");
        card.Find(".att button").TextContent.Trim().ShouldBe("Take back the override");
    }

    [Fact]
    public async Task ApprovalsAndChangeReference_AreNoOverride_AndTheReferenceIsTyped()
    {
        string? typed = null;
        var card = kit.Render<PlanHoldsCard>(of => of.Add(one => one.Holds, [new PlanBlocker("approvals-missing", "Plan 4 has 0 of 2 approvals.", null, [])]).Add(one => one.IsOverridden, false)
            .Add(one => one.OnOverride, _ => { }).Add(one => one.ChangeReference, "CHG\\d{7}").Add(one => one.OnReference, (string? text) => typed = text));
        card.FindAll("button").ShouldBeEmpty();
        card.Find(".att p").TextContent.ShouldBe("Plan 4 has 0 of 2 approvals.");
        await card.Find("input").ChangeAsync("CHG0000001");
        typed.ShouldBe("CHG0000001");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();
}
