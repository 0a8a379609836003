using CsCheck;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

public sealed class RegressionTests
{
    private static readonly ProjectId Project = new(new InstanceId("production"), 7);
    private static readonly DateOnly First = new(2026, 11, 1);

    // One letter a day: D only docker, K only Kubernetes, d mostly docker, k mostly Kubernetes, . nothing, O another executor.
    [Theory]
    [InlineData("DDDKKK", 3)]
    [InlineData("DDDdkKK", 4)]
    [InlineData("DkDDDKKKK", 5)]
    [InlineData("DDDKKDKKK", 3)]
    [InlineData("DD.KK", 3)]
    [InlineData("DDDDDD", null)]
    [InlineData("KKKKKK", null)]
    [InlineData("DDDDdd", null)]
    [InlineData("OOOKKK", null)]
    [InlineData("", null)]
    public void Day_IsTheOneWithTheFewestJobsOnTheWrongSide(string days, int? expected) =>
        MoveFinder.Day(Days(days)).ShouldBe(expected is { } day ? First.AddDays(day) : null);

    [Fact]
    public void Day_NoOtherDayHasFewerOnTheWrongSide() => Gen.Char["DKdk."].Array[1, 20].Sample(letters =>
    {
        var days = Days(new string(letters));
        if (MoveFinder.Day(days) is not { } found) return;
        long Wrong(DateOnly at) => days.Sum(day => day.Executor == ExecutorFamily.Docker == day.Day >= at ? day.Finished : 0);
        foreach (var other in days) Wrong(found).ShouldBeLessThanOrEqualTo(Wrong(other.Day));
    });

    [Fact]
    public void Find_CountsEachSideOnItsOwn_AndRunTimesOfWhatSucceeded()
    {
        JobDay[] days =
        [
            new(First, ExecutorFamily.Docker, 100, new FailureCounts(4, 1, 3, 0), [(TimeHistogram.BucketOf(60), 96)]),
            new(First.AddDays(1), ExecutorFamily.Kubernetes, 50, new FailureCounts(10, 2, 8, 0), [(TimeHistogram.BucketOf(240), 40)]),
            new(First.AddDays(1), ExecutorFamily.Docker, 5, new FailureCounts(1, 0, 1, 0), [(TimeHistogram.BucketOf(60), 4)]),
        ];

        var move = MoveFinder.Find(Project, "build", days)!;

        (move.MovedOn, move.Before.Finished, move.After.Finished, move.Beside.Finished).ShouldBe((First.AddDays(1), 100L, 50L, 5L));
        move.After.Rate(FailureKind.Infrastructure).ShouldBe(new Rate(2, 50));
        move.Before.Rate(null).ShouldBe(new Rate(4, 100));
        move.After.MedianSeconds!.Value.ShouldBe(240, 241 * TimeHistogram.RelativeError);
    }

    [Fact]
    public void Worse_OnlyWhereTheEvidenceSaysSo_HighestLowerLimitFirst()
    {
        JobMove[] moves =
        [
            Move("clear", (10, 1000), (40, 1000)), Move("clearer", (10, 1000), (200, 1000)), Move("few jobs", (0, 10), (2, 10)),
            Move("better", (40, 1000), (10, 1000)), Move("same", (10, 1000), (11, 1000)), Move("no before", (0, 0), (9, 10)),
        ];

        var worse = Regressions.Worse(moves, null, 0.95);

        worse.Select(one => one.Move.Name).ShouldBe(["clearer", "clear"]);
        worse.ShouldAllBe(one => one.Low > 0 && one.High > one.Low);
        worse.ShouldAllBe(one => one.BesideLow == null);
    }

    [Fact]
    public void Worse_OfAKind_CountsThatKindAlone()
    {
        var move = new JobMove(Project, "build", First, Side(1000, new FailureCounts(100, 1, 99, 0)), Side(1000, new FailureCounts(100, 60, 40, 0)), Side(0, FailureCounts.None));

        Regressions.Worse([move], FailureKind.Infrastructure, 0.95).Count.ShouldBe(1);
        Regressions.Worse([move], FailureKind.Script, 0.95).ShouldBeEmpty();
        Regressions.Worse([move], null, 0.95).ShouldBeEmpty();
    }

    private static JobMove Move(string name, (long Failed, long Finished) before, (long Failed, long Finished) after) =>
        new(Project, name, First, Side(before.Finished, All(before.Failed)), Side(after.Finished, All(after.Failed)), Side(0, FailureCounts.None));

    private static FailureCounts All(long failed) => new(failed, 0, failed, 0);

    private static JobSide Side(long finished, FailureCounts failed) => new(finished, failed, null);

    private static List<JobDay> Days(string letters) =>
    [
        .. letters.SelectMany((letter, at) => letter switch
        {
            'D' => Day(at, (ExecutorFamily.Docker, 10)),
            'K' => Day(at, (ExecutorFamily.Kubernetes, 10)),
            'd' => Day(at, (ExecutorFamily.Docker, 8), (ExecutorFamily.Kubernetes, 2)),
            'k' => Day(at, (ExecutorFamily.Docker, 2), (ExecutorFamily.Kubernetes, 8)),
            'O' => Day(at, (ExecutorFamily.Other, 10)),
            _ => [],
        }),
    ];

    private static JobDay[] Day(int at, params (ExecutorFamily Executor, long Finished)[] sides) =>
        [.. sides.Select(side => new JobDay(First.AddDays(at), side.Executor, side.Finished, FailureCounts.None, []))];
}
