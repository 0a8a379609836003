using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Cohorts.CohortPortal;

namespace MigrationPortal.Domain.Tests.Cohorts.Moves;

public sealed class MoveProjectTests
{
    private static readonly Refusal Forbidden = Refusal.Of(DeskCode.Forbidden, "403 Forbidden");

    private readonly MovePortal portal = new();

    /// <summary>Else the half that waits would lose those who cannot wait, and only those.</summary>
    [Fact]
    public async Task Waiting_IsNotLeftByANo_AndTheTurnComesInTheSamePlace()
    {
        var declined = await portal.MemberAsync(CoinSide.Waitlist, EnrollmentState.Invited, EnrollmentState.Waitlisted, EnrollmentState.Declined);
        var turn = Make.Now.AddDays(1 + portal.Facts.BakeDays);

        var no = No(await portal.MoveAsync());
        no.Code.ShouldBe("waitlisted");
        no.Reasons[0].ShouldContain($"{turn.UtcDateTime:d MMM yyyy, HH:mm} UTC");
        portal.Time = turn.AddSeconds(-1);
        No(await portal.MoveAsync()).Code.ShouldBe("waitlisted");
        portal.Enrollments.All.ShouldHaveSingleItem().State.ShouldBe(EnrollmentState.Declined);

        portal.Time = turn;
        var moved = Done(await portal.MoveAsync()).Enrollment;
        (moved.Id, moved.Kind, moved.Coin, moved.State).ShouldBe((declined.Id, EnrollmentKind.Random, CoinSide.Waitlist, EnrollmentState.Moved));
        portal.Enrollments.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task SaidNoAfterTheCoin_AndChangedTheirMind_AreInTheirHalfAgain()
    {
        var declined = await portal.MemberAsync(CoinSide.Now, EnrollmentState.Invited, EnrollmentState.Accepted, EnrollmentState.Declined);

        var moved = Done(await portal.MoveAsync()).Enrollment;

        (moved.Id, moved.Coin, moved.State).ShouldBe((declined.Id, CoinSide.Now, EnrollmentState.Moved));
    }

    [Fact]
    public async Task RefusedVolunteer_HasNoPlace()
    {
        portal.Look = () => Forbidden;
        No(await portal.MoveAsync()).Code.ShouldBe(DeskCode.Forbidden);
        portal.Enrollments.All.ShouldBeEmpty();

        portal.Look = () => "what stood";
        portal.Apply = _ => Forbidden;
        No(await portal.MoveAsync()).Code.ShouldBe(DeskCode.Forbidden);
        (portal.Newest.State, portal.Newest.Original).ShouldBe((EnrollmentState.Withdrawn, null));
    }

    [Theory]
    [InlineData(EnrollmentState.Accepted)]
    [InlineData(EnrollmentState.Declined)]
    public async Task RefusedMember_IsWhereItWas(EnrollmentState state)
    {
        await portal.MemberAsync(CoinSide.Now, [EnrollmentState.Invited, EnrollmentState.Accepted, .. state == EnrollmentState.Declined ? [state] : Array.Empty<EnrollmentState>()]);
        portal.Apply = _ => Forbidden;

        No(await portal.MoveAsync()).Code.ShouldBe(DeskCode.Forbidden);

        portal.Enrollments.All.ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.State.ShouldBe(state), one => one.Coin.ShouldBe(CoinSide.Now), one => one.Original.ShouldBeNull());
    }

    /// <summary>What stood before is needed as long as GitLab keeps a part of the change.</summary>
    [Fact]
    public async Task PartlyDone_StaysUnderWay_AndIsTakenBack()
    {
        portal.Apply = _ => Refusal.Of(DeskCode.PartlyDone, "a runner stays");
        No(await portal.MoveAsync()).Code.ShouldBe(DeskCode.PartlyDone);
        (portal.Newest.State, portal.Newest.Original).ShouldBe((EnrollmentState.Moving, "what stood"));

        Done(await portal.BackAsync()).State.ShouldBe(EnrollmentState.Returned);
    }

    /// <summary>Closing the page in the middle leaves nothing half done.</summary>
    [Fact]
    public async Task Begun_GoesOnToItsEnd_WhoeverClosesThePage()
    {
        using var leaving = new CancellationTokenSource();
        Outcome<MoveProgress> Leave(CancellationToken cancel)
        {
            leaving.Cancel();
            cancel.ThrowIfCancellationRequested();
            return new MoveProgress.Done("done");
        }

        (portal.Apply, portal.Undo) = (Leave, Leave);

        Done(await portal.MoveAsync(leaving.Token)).Enrollment.State.ShouldBe(EnrollmentState.Moved);
        Done(await portal.BackAsync(leaving.Token)).State.ShouldBe(EnrollmentState.Returned);
    }
}
