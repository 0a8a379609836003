using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Cohorts.CohortWorld;

namespace MigrationPortal.Domain.Tests.Cohorts;

/// <summary>What anyone may rely on, whatever the projects, seeds, groups and caps.</summary>
public class CohortSelectionProperties
{
    private const int Cases = 60;

    [Fact]
    public void Growing_OnlyAdds_AndTheWayThereDoesNotCount() => Always.Holds(Any, Cases, world =>
    {
        var (seed, candidates, caps) = world;
        List<Member> members = [];
        for (var size = 0; size <= candidates.Count; size += 1 + (size / 4))
        {
            var grown = CohortSelection.Of(seed, candidates, members, size, caps);
            grown.Kept.ShouldBe(members);
            grown.Removed.ShouldBeEmpty();
            members = [.. grown.Members];
            members.Numbers().ShouldBe(CohortSelection.Of(seed, candidates, [], size, caps).Members.Numbers());
        }
    });

    [Fact]
    public void Shrinking_TakesTheLastInFirst_AndGrowingAgainBringsThemBack() => Always.Holds(Any, Cases, world =>
    {
        var (seed, candidates, caps) = world;
        List<Member> all = [.. CohortSelection.Of(seed, candidates, [], candidates.Count, caps).Members];
        for (var size = 0; size <= all.Count; size += 3)
        {
            var shrunk = CohortSelection.Of(seed, candidates, all, size, caps);
            shrunk.Members.ShouldBe(all.Take(size));
            shrunk.Removed.ShouldBe(all.Skip(size).Reverse());
            CohortSelection.Of(seed, candidates, [.. shrunk.Members], all.Count, caps).Members.Numbers().ShouldBe(all.Numbers());
        }
    });

    [Fact]
    public void Caps_AreNeverExceeded_AndNobodyWhoFitsIsLeftOut() => Always.Holds(Any, Cases, world =>
    {
        var (seed, candidates, caps) = world;
        for (var size = 0; size <= candidates.Count; size += 5)
        {
            var drawn = CohortSelection.Of(seed, candidates, [], size, caps);
            var counts = drawn.Members.SelectMany(member => member.Groups).CountBy(group => group).ToDictionary();
            counts.Where(one => one.Value > (caps.Of(one.Key) ?? int.MaxValue)).ShouldBeEmpty();
            if (drawn.Members.Count() == size) continue;
            var taken = drawn.Members.Select(member => member.Project).ToHashSet();
            candidates.Where(one => one.Exclusion is null && !taken.Contains(one.Project) && one.Groups.All(group => caps.Of(group) is not { } cap || counts.GetValueOrDefault(group) < cap)).ShouldBeEmpty();
        }
    });

    [Fact]
    public void Order_OfCandidates_DoesNotCount() => Always.Holds(Any, Cases, world =>
    {
        var (seed, candidates, caps) = world;
        var size = candidates.Count / 2;
        var members = CohortSelection.Of(seed, candidates, [], size, caps).Members.Numbers();
        CohortSelection.Of(seed, candidates.AsEnumerable().Reverse(), [], size, caps).Members.Numbers().ShouldBe(members);
        CohortSelection.Of(seed, candidates.OrderBy(one => one.Project.Number * 7919 % 101), [], size, caps).Members.Numbers().ShouldBe(members);
    });

    [Fact]
    public void ProjectsThatComeOrGo_PushNobodyOut() => Always.Holds(Any, Cases, world =>
    {
        var (seed, candidates, caps) = world;
        var half = candidates.Take(candidates.Count / 2).ToList();
        List<Member> members = [.. CohortSelection.Of(seed, half, [], half.Count / 2, caps).Members];
        foreach (var later in (IEnumerable<Candidate>[])[candidates, candidates.Skip(candidates.Count / 2), [], half.Select(one => one with { JobsPerDay = 1000 - one.JobsPerDay })])
        {
            CohortSelection.Of(seed, later, members, members.Count, caps).Members.ShouldBe(members);
            CohortSelection.Of(seed, later, members, members.Count + 10, caps).Kept.ShouldBe(members);
        }
    });

    /// <summary>Within a stratum and without caps each project has its place by its own number alone.</summary>
    [Fact]
    public void OneProjectThatGoes_MakesRoomForTheNext_AndChangesNothingElse() => Always.Holds(Any, Cases, world =>
    {
        List<Candidate> candidates = [.. world.Candidates.Where(one => one.Exclusion is null).Select(one => one with { JobsPerDay = 20 })];
        var size = candidates.Count / 3;
        var before = CohortSelection.Of(world.Seed, candidates, [], size + 1, GroupCaps.None).Members.Numbers();
        foreach (var gone in candidates)
        {
            var after = CohortSelection.Of(world.Seed, candidates.Where(one => one != gone), [], size, GroupCaps.None).Members.Numbers();
            after.ShouldBe(before.Where(one => one != gone.Project.Number).Take(size));
        }
    });

    [Fact]
    public void Strata_EachHoldsItsShare_LessThanOneAway() => Always.Holds(Any, Cases, world =>
    {
        List<Candidate> candidates = [.. world.Candidates.Where(one => one.Exclusion is null)];
        var size = candidates.Count / 3;
        var drawn = CohortSelection.Of(world.Seed, candidates, [], size, GroupCaps.None);
        foreach (var stratum in candidates.GroupBy(one => one.Stratum))
        {
            // Webster keeps to the quota but for rare cases of many strata; with four of them it is never off by more.
            var quota = (double)size * stratum.Count() / candidates.Count;
            Math.Abs(drawn.Members.Count(member => member.Stratum == stratum.Key) - quota).ShouldBeLessThan(1.5);
        }
    });
}
