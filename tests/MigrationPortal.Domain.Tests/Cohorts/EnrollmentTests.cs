using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Cohorts.EnrollmentState;
using static MigrationPortal.Domain.Tests.Cohorts.CohortWorld;

namespace MigrationPortal.Domain.Tests.Cohorts;

public class EnrollmentTests
{
    private static readonly EnrollmentState[] All = Enum.GetValues<EnrollmentState>();

    [Theory]
    [InlineData(Selected, new[] { Invited, Accepted, Withdrawn })]
    [InlineData(Invited, new[] { Accepted, Waitlisted, Declined, Withdrawn })]
    [InlineData(Accepted, new[] { Moving, Declined, Withdrawn })]
    [InlineData(Waitlisted, new[] { Accepted, Declined, Withdrawn })]
    [InlineData(Declined, new[] { Accepted, Waitlisted, Withdrawn })]
    [InlineData(Moving, new[] { Accepted, Moved, Returning, Refused })]
    [InlineData(Moved, new[] { Moving, Verified, Returning, Graduated })]
    [InlineData(Verified, new[] { Moved, Moving, Returning, Graduated })]
    [InlineData(Returning, new[] { Moved, Moving, Returned, Graduated })]
    [InlineData(Refused, new[] { Accepted, Withdrawn })]
    [InlineData(Returned, new EnrollmentState[0])]
    [InlineData(Graduated, new EnrollmentState[0])]
    [InlineData(Withdrawn, new EnrollmentState[0])]
    public void Transitions_AreThoseOfTheTable(EnrollmentState from, EnrollmentState[] to)
    {
        All.Where(one => EnrollmentTransitions.Allows(from, one)).ShouldBe(to, ignoreOrder: true);
        foreach (var other in All.Except(to)) Should.Throw<InvalidOperationException>(() => Of(from).Go(other, Make.Admin, Make.Now, null));
    }

    [Fact]
    public void EveryState_IsReachedFromSelected_AndEndsSomewhere()
    {
        HashSet<EnrollmentState> reached = [Selected];
        while (reached.SelectMany(EnrollmentTransitions.From).Except(reached).ToList() is { Count: > 0 } more) reached.UnionWith(more);
        reached.ShouldBe(All, ignoreOrder: true);
        All.Where(state => EnrollmentTransitions.From(state).Count == 0).ShouldBe([Returned, Graduated, Withdrawn], ignoreOrder: true);
    }

    /// <summary>Whoever has a change in their project never leaves without the way back.</summary>
    [Fact]
    public void ChangedProjects_AreActive_AndNeverJustWithdrawn()
    {
        foreach (var state in All.Where(state => state.HasChangedSomething()))
        {
            state.IsActive().ShouldBeTrue();
            EnrollmentTransitions.Allows(state, Withdrawn).ShouldBeFalse();
        }

        All.Where(state => !state.IsActive()).ShouldBe([Declined, Refused, Returned, Graduated, Withdrawn], ignoreOrder: true);
    }

    /// <summary>Stored by name.</summary>
    [Fact]
    public void StoredNames_ArePromises()
    {
        string.Join(' ', All).ShouldBe("Selected Invited Accepted Waitlisted Declined Moving Moved Verified Returning Returned Refused Graduated Withdrawn");
        string.Join(' ', Enum.GetValues<EnrollmentKind>()).ShouldBe("Random Volunteer HandPicked Carried");
        string.Join(' ', Enum.GetValues<EnrollmentTarget>()).ShouldBe("Kubernetes Docker Default");
        string.Join(' ', Enum.GetValues<EnrollmentWay>()).ShouldBe("MergeRequest Variable ProjectRunner Paste");
        string.Join(' ', Enum.GetValues<ActivityStratum>()).ShouldBe("Rare Quiet Busy Heavy");
        string.Join(' ', Enum.GetValues<WaveState>()).ShouldBe("Planned Previewed Sent Closed");
        string.Join(' ', Enum.GetValues<WaveStart>()).ShouldBe("ByHand AtTime WhenGatesPass");
    }

    [Theory]
    [InlineData(null, false, Back.Nothing)]
    [InlineData(0, false, Back.TakeOptInOut)]
    [InlineData(1, false, Back.TakeOptInOut)]
    [InlineData(2, false, Back.PinToDocker)]
    [InlineData(3, false, Back.PinToDocker)]
    [InlineData(4, false, Back.None)]
    [InlineData(5, false, Back.None)]
    [InlineData(3, true, Back.TakeOptInOut)]
    public void Back_DependsOnThePhase(int? phase, bool evacuated, Back back) => WayBack.In(phase, evacuated).ShouldBe(back);

    [Fact]
    public void Pin_IsAVerifiedEnrollmentWithTargetDocker()
    {
        (Of(Verified) with { Target = EnrollmentTarget.Docker }).IsPin.ShouldBeTrue();
        (Of(Moved) with { Target = EnrollmentTarget.Docker }).IsPin.ShouldBeFalse("no job has shown yet that it works");
        Of(Verified).IsPin.ShouldBeFalse();
    }

    private static Enrollment Of(EnrollmentState state) => new(1, Id(7), EnrollmentTarget.Kubernetes, EnrollmentKind.Random, null, state, null, null, Make.Admin, Make.Now, 1);
}
