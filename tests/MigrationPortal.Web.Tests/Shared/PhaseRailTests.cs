using Bunit;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class PhaseRailTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    [Theory]
    [InlineData(48, 48)]
    [InlineData(450, 2)]
    public void ManyRunners_AreOneBarWithTheirShares(int runners, int drawn)
    {
        var cells = Enumerable.Range(0, runners).Select(at => at % 3 == 0 ? RailCell.Refuses : RailCell.Accepts).ToList();

        var rail = kit.Render<PhaseRail>(of => of
            .Add(one => one.Phases, [new RailPhase(2, "Untagged takeover", "since today", RailPlace.Current, null)])
            .Add(one => one.Fleets, [new RailFleet("docker", "67 %", "some", cells)]));

        rail.FindAll(".cells i").Count.ShouldBe(drawn);
        if (drawn == 2) rail.FindAll(".cells i").Select(one => (one.ClassName, one.GetAttribute("style"))).ShouldBe([("accepts", "--n:300"), ("refuses", "--n:150")]);
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();
}
