using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class ComingStepTests
{
    private static readonly DateTimeOffset Monday = new(2026, 12, 7, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, 5, 0)]
    [InlineData(Phase.Prepare, 5, 0)]
    [InlineData(Phase.OptIn, 5, 1)]
    [InlineData(Phase.UntaggedTakeover, 4, 1)]
    [InlineData(Phase.DockerFallback, 3, 1)]
    [InlineData(Phase.Decommission, 2, 1)]
    [InlineData(Phase.RetireOptInTag, 2, 1)]
    public void Steps_BeginWithToday_AndEndWithGitLab20(Phase? reached, int steps, int now)
    {
        var found = ComingStep.Of(reached is { } phase ? At(phase) : null, [], "docker-fallback");

        (found.Count, found.Count(step => step.IsNow)).ShouldBe((steps, now));
        found.Take(now).ShouldAllBe(step => step.IsNow);
        found[^1].When.ShouldBe(new DateTimeOffset(2027, 5, 20, 0, 0, 0, TimeSpan.Zero));
        found.SkipLast(1).ShouldAllBe(step => step.When == null);
    }

    [Fact]
    public void WhatStandsOnTheSchedule_HasItsDay_TheFirstOfSeveral_NotAMissedOne()
    {
        var found = ComingStep.Of(
            At(Phase.OptIn), [Flip(Phase.UntaggedTakeover, 7), Flip(Phase.UntaggedTakeover, 0), Flip(Phase.DockerFallback, 30) with { MissedAt = Monday }, Flip(Phase.OptIn, 1)], "docker-fallback");

        found.Select(step => step.When).ShouldBe([null, Monday, null, null, found[^1].When]);
    }

    [Theory]
    [InlineData("docker-fallback", "Way back: the tag docker-fallback.")]
    [InlineData(null, "Way back: stay on docker.")]
    public void WayBack_NamesTheTagWhereThereIsOne(string? tag, string words) => ComingStep.Of(At(Phase.UntaggedTakeover), [], tag)[0].Back.ShouldBe(words);

    [Fact]
    public void Evacuated_IsAsBeforeTheTakeover() => ComingStep.Of(At(Phase.UntaggedTakeover) with { Evacuated = true }, [], null).Count.ShouldBe(5);

    private static PhaseReached At(Phase phase) => new(phase, null, null, false, KitContext.Now, 1, "phase");

    private static ScheduledFlip Flip(Phase phase, int days) =>
        new(1, PageServices.Production, new PlanTarget.ToPhase(phase, null, null), Monday.AddDays(days), Actor.Portal, "agreed", [], null, null);
}
