using Bunit;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Phases;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Phases;

public sealed class DriftCardTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly KitContext kit = new();
    private PlanTarget? planned;

    [Fact]
    public void Drift_IsPlannedBack_ByOneClick()
    {
        RunnerEdit one = new(1, TagSet.Of("docker"), true, false), other = new(2, TagSet.Of("linux"), null, null);
        var card = Show(hasBegun: true, new DriftShown(1, "docker-1", "paused", one, Noon.AddHours(-1), null), new DriftShown(2, "docker-2", "tags", other, null, "set again by something else"));
        card.FindAll(".drift").Count.ShouldBe(2);
        card.Find("button").TextContent.Trim().ShouldBe("Plan to put all back");
        card.Find("button").Click();
        planned.ShouldBeOfType<PlanTarget.EditRunners>().Runners.ShouldBe([one, other]);
    }

    [Theory]
    [InlineData(true, "The fleet is as the phase desires")]
    [InlineData(false, "Nothing to compare with yet")]
    public void WithoutDrift_ThereIsNothingToPlan(bool hasBegun, string said)
    {
        var card = Show(hasBegun);
        card.FindAll("button").ShouldBeEmpty();
        card.Markup.ShouldContain(said);
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<DriftCard> Show(bool hasBegun, params DriftShown[] drift) => kit.Render<DriftCard>(
        of => of.Add(one => one.Drift, drift).Add(one => one.HasBegun, hasBegun).Add(one => one.Now, Noon).Add(one => one.OnPlan, EventCallback.Factory.Create<PlanTarget>(this, target => planned = target)));
}
