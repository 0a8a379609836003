using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Insights;

public sealed class WholeBucketsTests
{
    private static readonly DateTimeOffset Today = new(KitContext.Now.UtcDateTime.Date, TimeSpan.Zero);

    private static readonly TimeWindow Window = new(Today.AddDays(-3).AddHours(5), KitContext.Now);

    [Theory]
    [InlineData(-96, "-3 -2 -1 0")]
    [InlineData(-67, "-3 -2 -1 0")]
    [InlineData(-48, "-2 -1 0")]
    [InlineData(-47, "-1 0")]
    [InlineData(1, "")]
    public void BucketsThatBeganBeforeAllWasRead_AreLeftOut(int completeHours, string days)
    {
        IReadOnlyList<RatePoint> points = [.. Enumerable.Range(-3, 4).Select(day => new RatePoint(Today.AddDays(day), "docker", new Rate(1, 9)))];

        var left = WholeBuckets.Of(points, point => point.At, Window, Today.AddHours(completeHours));

        string.Join(' ', left.Select(point => (point.At - Today).Days)).ShouldBe(days);
    }
}
