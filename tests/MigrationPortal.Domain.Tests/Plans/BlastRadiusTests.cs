using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

/// <summary>L, K and U: a legacy, a Kubernetes and an unmanaged runner that serve the class; a digit says how many.</summary>
public sealed class BlastRadiusTests
{
    [Theory]
    [InlineData("", "", JobClassEffect.UnservedBefore)]
    [InlineData("L", "", JobClassEffect.NoRunner)]
    [InlineData("K", "", JobClassEffect.NoRunner)]
    [InlineData("U", "U", JobClassEffect.Unchanged)]
    [InlineData("LL", "L", JobClassEffect.Unchanged)]
    [InlineData("LLU", "LU", JobClassEffect.Unchanged)]
    [InlineData("L", "K", JobClassEffect.Moves)]
    [InlineData("LK", "K", JobClassEffect.Moves)]
    [InlineData("", "K", JobClassEffect.Moves)]
    [InlineData("L", "LK", JobClassEffect.Shared)]
    [InlineData("LLK", "LK", JobClassEffect.Shared)]
    [InlineData("LU", "KU", JobClassEffect.Shared)]
    [InlineData("U", "KU", JobClassEffect.Shared)]
    [InlineData("KKU", "KU", JobClassEffect.Unchanged)]
    [InlineData("K", "L", JobClassEffect.Returns)]
    [InlineData("LK", "L", JobClassEffect.Returns)]
    [InlineData("LU", "U", JobClassEffect.LeftToUnmanaged)]
    [InlineData("KU", "U", JobClassEffect.LeftToUnmanaged)]
    [InlineData("LKU", "U", JobClassEffect.LeftToUnmanaged)]
    public void Of_ServedBeforeAndAfter_TellsWhatHappens(string before, string after, JobClassEffect effect)
    {
        var radius = BlastRadiusEngine.Of(Serving(before), Serving(after), Make.Census(Make.Class("docker")));

        radius.Classes.ShouldHaveSingleItem().Effect.ShouldBe(effect);
    }

    [Fact]
    public void HistoryNotRead_IsSaid_AndTheBasisIsWhatWasRead()
    {
        var since = Make.Now.AddDays(-3);
        var context = new DesireContext(Make.Fleet(Make.Legacy(1, "docker"), Make.Kubernetes(11, "k8s-default")), Make.Settings(), Make.State(),
            Make.Census(Make.Class("")) with { CompleteSince = since });

        var plan = new Scene(context, Make.Target(Phase.Prepare)).Plan();

        plan.BlastRadius.Basis.From.ShouldBe(since);
        plan.Warnings.Single(one => one.Code == "history-incomplete").Message.ShouldContain("2026-11-20 12:00 UTC");
        new Scene(context with { Census = Make.Census(Make.Class("")) }, Make.Target(Phase.Prepare)).Plan().Warnings.ShouldNotContain(one => one.Code == "history-incomplete");
    }

    [Fact]
    public void Compute_OnlyUnmanagedRunnersLeft_WarnsAndDoesNotBlock()
    {
        var fleet = Make.Fleet(Make.Legacy(1, "docker linux"), Unmanaged(2, "docker linux"));
        var census = Make.Census(Make.Class("docker", 10), Make.Class("docker linux", 2.5), Make.Class("linux", 0.5), Make.Class("", 1));
        var paused = new DesiredRunner(Make.Id(1), fleet.Runners[0].Attributes with { Paused = true }, "paused");

        var plan = MakePlan.Compute(new PlanRequest("Pause", "{}", fleet, census, [paused], [], [], [], Make.Now, Make.Admin));

        plan.Warnings.ShouldHaveSingleItem().ShouldBe(new PlanWarning(
            "left-to-unmanaged",
            "Only unmanaged runners would still serve 'docker'; 'docker, linux'; 'linux': 13 jobs a day. Give Kubernetes these tags (adopt), or see that those runners can carry them."));
        plan.Blockers.ShouldHaveSingleItem().Override.ShouldBe("no-runner:untagged");
    }

    private static FleetSnapshot Serving(string roles) => Make.Fleet([.. roles.Select((role, at) => role switch
    {
        'L' => Make.Legacy(at + 1, "docker"),
        'K' => Make.Kubernetes(at + 1, "docker"),
        _ => Unmanaged(at + 1, "docker"),
    })]);

    private static FleetRunner Unmanaged(long id, string tags) => Make.Runner(id, null, Make.Attributes(tags), managed: false);
}
