using Bunit;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Plans;

public sealed class PlanOrderCardTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    [Fact]
    public void Card_LinksTheBreakGlassScriptThatItPromises()
    {
        var plan = new Plan(
            12, new InstanceId("production"), "Opt-in", "{}", KitContext.Now, Actor.Portal, "f00d", [],
            new BlastRadius(TimeWindow.Last(TimeSpan.FromDays(7), KitContext.Now), 0, 1, []), [], []);

        var card = kit.Render<PlanOrderCard>(parameters => parameters.Add(one => one.Plan, plan));

        card.Find("a").GetAttribute("href").ShouldBe("api/v1/plans/12/break-glass");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();
}
