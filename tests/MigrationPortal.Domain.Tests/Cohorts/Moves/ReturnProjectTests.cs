using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Cohorts.CohortPortal;
using static MigrationPortal.Domain.Tests.Cohorts.Moves.MovePortal;

namespace MigrationPortal.Domain.Tests.Cohorts.Moves;

/// <summary>Ways back that were begun: by a cohort that shrank, or by a click that was cut off.</summary>
public sealed class ReturnProjectTests
{
    private static readonly EnrollmentState[] Moved = [EnrollmentState.Invited, EnrollmentState.Accepted, EnrollmentState.Moving, EnrollmentState.Moved];

    private readonly MovePortal portal = new();

    [Fact]
    public async Task Shrunk_IsTakenBackByThePortal_Once()
    {
        await portal.MemberAsync(CoinSide.Now, Moved);
        await portal.ShrinkAsync();

        (await portal.Shrunk.RunAsync(Make.Production, default)).ShouldBe(1);
        (await portal.Shrunk.RunAsync(Make.Production, default)).ShouldBe(0);

        portal.Newest.State.ShouldBe(EnrollmentState.Returned);
        portal.UndoneBy.ShouldBe([portal.Hand!]);
    }

    [Fact]
    public async Task Shrunk_InObserveMode_GoesBackByAClick()
    {
        await portal.MemberAsync(CoinSide.Now, Moved);
        await portal.ShrinkAsync();
        portal.Hand = null;

        (await portal.Shrunk.RunAsync(Make.Production, default)).ShouldBe(0);
        Done(await portal.BackAsync()).State.ShouldBe(EnrollmentState.Returned);
        portal.UndoneBy.ShouldBe([Person]);
    }

    /// <summary>What does not fit is moved again, with the reason, and nobody asks again and again; what only has to wait waits.</summary>
    [Theory]
    [InlineData(DeskCode.ChangedMeanwhile, EnrollmentState.Moved, 1)]
    [InlineData(DeskCode.RateLimited, EnrollmentState.Returning, 2)]
    public async Task Shrunk_ThatGitLabRefuses_IsNeverLeftWithoutAWay(string code, EnrollmentState state, int asked)
    {
        await portal.MemberAsync(CoinSide.Now, Moved);
        await portal.ShrinkAsync();
        portal.Undo = _ => Refusal.Of(code, "not now");

        await portal.Shrunk.RunAsync(Make.Production, default);
        await portal.Shrunk.RunAsync(Make.Production, default);

        (portal.Newest.State, portal.UndoneBy.Count).ShouldBe((state, asked));
        portal.Undo = _ => new MoveProgress.Done("taken out");
        Done(await portal.BackAsync()).State.ShouldBe(EnrollmentState.Returned);
    }

    /// <summary>Begun in phase 1 and cut off: later it is moved, and staying on docker is open to it again.</summary>
    [Theory]
    [InlineData(2, "pin-instead")]
    [InlineData(4, "no-way-back")]
    public async Task CutOff_InAPhaseWithoutThisWay_IsMovedAgain(int phase, string code)
    {
        await portal.MemberAsync(CoinSide.Now, [.. Moved, EnrollmentState.Returning]);
        portal.Facts = OptIn with { Phase = phase };

        No(await portal.BackAsync()).Code.ShouldBe(code);

        (portal.Newest.State, portal.Newest.Original, portal.UndoneBy.Count).ShouldBe((EnrollmentState.Moved, "what stood", 0));
    }

    [Fact]
    public async Task UnderWay_ThatCannotBeTakenBack_IsStillUnderWay()
    {
        await portal.MemberAsync(CoinSide.Now, Moved[..^1]);
        portal.Undo = _ => Refusal.Of(DeskCode.Forbidden, "403 Forbidden");

        No(await portal.BackAsync()).Code.ShouldBe(DeskCode.Forbidden);

        portal.Newest.State.ShouldBe(EnrollmentState.Moving);
    }
}
