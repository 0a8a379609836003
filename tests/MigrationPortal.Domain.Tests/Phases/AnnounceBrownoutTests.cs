using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public class AnnounceBrownoutTests
{
    [Fact]
    public async Task Begins_AnnouncesTheTag_ForItsWindow_AndNothingElse()
    {
        var portal = new Portal(ApplyPlanTests.Context() with { State = Make.State(Phase.DockerFallback) });
        var operation = (await portal.StartAsync(new PlanTarget.Brownout("docker-fallback", TimeSpan.FromMinutes(10))))!;
        var plan = (await portal.Plans.FindAsync(operation.PlanId, default))!;
        var said = new MemoryBroadcasts();

        await new AnnounceBrownout(said).BeginsAsync(plan, operation, default);
        await new AnnounceBrownout(said).BeginsAsync(plan, operation with { Brownout = null }, default);

        said.Standing.Values.Select(one => (one.Window.From, one.Window.To, one.Text)).ShouldHaveSingleItem().ShouldBe((Make.Now, Make.Now.AddMinutes(10), "Announced maintenance until 12:10 UTC: CI jobs that ask for the tag docker-fallback wait until then and start by themselves afterwards. The tag will end: whoever's jobs wait now still needs it."));
    }

    [Fact]
    public async Task GitLabAway_HoldsUpNothing()
    {
        var portal = new Portal(ApplyPlanTests.Context() with { State = Make.State(Phase.DockerFallback) });
        var operation = (await portal.StartAsync(new PlanTarget.Brownout("docker-fallback", TimeSpan.FromMinutes(10))))!;
        await new AnnounceBrownout(new MemoryBroadcasts { Away = true }).BeginsAsync((await portal.Plans.FindAsync(operation.PlanId, default))!, operation, default);
    }
}
