using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Stragglers;

public sealed class JudgedPlaceTests
{
    private static readonly MoveTags Tags = new("k8s-default", "docker-fallback", new Dictionary<string, string?> { ["linux"] = "k8s-default" }, new HashSet<string> { "linux" }) { Kept = new HashSet<string> { "windows" } };

    [Theory]
    // Whoever wrote the fallback tag by hand has no end and nobody has heard of it; a pin has.
    [InlineData("docker-fallback", true, false, PlaceStanding.Straggles)]
    [InlineData("docker-fallback", true, true, PlaceStanding.Pinned)]
    [InlineData("docker-fallback linux", true, true, PlaceStanding.Pinned)]
    [InlineData("old", true, true, PlaceStanding.Straggles)]
    [InlineData("old linux", true, false, PlaceStanding.Straggles)]
    [InlineData("windows", true, false, PlaceStanding.KeptTag)]
    [InlineData("windows linux", true, false, PlaceStanding.KeptTag)]
    // Kubernetes takes these alone; on somebody's own runner they stay where they are.
    [InlineData("", true, false, PlaceStanding.Follows)]
    [InlineData("linux", true, false, PlaceStanding.Follows)]
    [InlineData("", false, false, PlaceStanding.Straggles)]
    [InlineData("linux", false, false, PlaceStanding.Straggles)]
    [InlineData("windows", false, false, PlaceStanding.Straggles)]
    [InlineData("theirs", false, false, PlaceStanding.KeptByOwner)]
    [InlineData("theirs", true, false, PlaceStanding.Straggles)]
    [InlineData(null, true, true, PlaceStanding.Straggles)]
    [InlineData(null, false, true, PlaceStanding.Straggles)]
    public void Standing(string? tags, bool managed, bool pinned, PlaceStanding standing)
    {
        var set = tags is null ? null : TagSet.Of(tags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var place = new StragglerPlace(new ProjectId(Make.Production, 1), "a/b", "main", "push", set, managed, 3, new DateOnly(2026, 11, 20));

        var judged = JudgedPlace.Of(place, Tags, pinned, one => one.Tags!.Contains("theirs"));

        judged.Standing.ShouldBe(standing);
        (judged.Why is null).ShouldBe(standing == PlaceStanding.Straggles);
    }

    [Theory]
    [InlineData(null, false, false)]
    [InlineData(2, false, false)]
    [InlineData(3, false, true)]
    [InlineData(4, false, true)]
    [InlineData(5, false, false)]
    [InlineData(3, true, false)]
    public void Phase(int? phase, bool evacuated, bool makesSense)
    {
        var known = new MigrationFacts(phase, evacuated, 7, 7, 0.0025, 0.025, 0.9, default, true, []);
        (StragglerPhase.WhyNot(known) is null).ShouldBe(makesSense);
        StragglerPhase.WhyNot(known)?.Code.ShouldBe("not-in-phase");
    }
}
