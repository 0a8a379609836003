using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Domain.Tests.Jobs;

public class HistoryProgressTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Of 35 days: read so far, pages, pages a second; per cent read and hours left.</summary>
    [Theory]
    [InlineData(0, 0, 0.0, 0, null)]
    [InlineData(7, 700, 0.5, 20, 1.5555)]
    [InlineData(7, 700, 0.0, 20, null)]
    [InlineData(28, 2800, 1.0, 80, 0.19444)]
    [InlineData(36, 3600, 1.0, 100, 0.0)]
    public void Progress_IsByTime_AndTheRestByPagesADayAndTheBudgetOfLate(double days, long pages, double perSecond, int percent, double? hours)
    {
        var progress = new HistoryProgress(Now.AddDays(-35), Now, Now.AddDays(-days), false, pages, perSecond);
        (progress.Fraction * 100).ShouldBe(percent, 0.01);
        if (hours is { } left) progress.Left!.Value.TotalHours.ShouldBe(left, 0.001);
        else progress.Left.ShouldBeNull();
    }

    [Fact]
    public void Progress_WhenGitLabHasNoMore_IsWhole_HoweverShortThePast()
    {
        var progress = new HistoryProgress(Now.AddDays(-35), Now, Now.AddDays(-2), true, 4, 0);
        (progress.Fraction, progress.Left).ShouldBe((1, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(-60, 0, false)]
    [InlineData(-1, 1, true)]
    [InlineData(9, 30, true)]
    [InlineData(10, 30, false)]
    public void Unread_TouchesABucket_WhenAnyOfItIsInside(int from, int to, bool touches) =>
        new UnreadRange(Now, Now.AddMinutes(10), "x").Touches(Now.AddMinutes(from), Now.AddMinutes(to)).ShouldBe(touches);
}
