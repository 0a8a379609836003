using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Jobs;

namespace MigrationPortal.Infrastructure.Tests.Jobs;

public sealed class HistoryMarkTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Days before now: of the oldest job read, and from when on the census of 14 days is complete.</summary>
    [Theory]
    [InlineData(null, false, true, 0)]
    [InlineData(3.0, false, true, 3)]
    [InlineData(20.0, false, true, 14)]
    [InlineData(36.0, true, true, 14)]
    [InlineData(5.0, true, true, 5)]
    [InlineData(5.0, true, false, 14)]
    [InlineData(null, true, false, 14)]
    [InlineData(-1.0, false, true, 0)]
    public void CompleteSince_IsTheOldestJobRead_UnlessGitLabHasNoMore(double? reached, bool complete, bool more, double since)
    {
        var mark = new HistoryMark(more ? "cursor" : null, reached is { } days ? Now.AddDays(-days) : null, complete);
        HistoryMark.CompleteSince(mark, TimeWindow.Last(TimeSpan.FromDays(14), Now)).ShouldBe(Now.AddDays(-since));
    }

    [Fact]
    public void CompleteSince_NothingBegun_IsNow() =>
        HistoryMark.CompleteSince(null, TimeWindow.Last(TimeSpan.FromDays(14), Now)).ShouldBe(Now);
}
