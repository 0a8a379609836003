using CsCheck;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class TimeTicksTests
{
    [Theory]
    [InlineData("2026-10-26", "2026-11-25", "26 Oct|2 Nov|9 Nov|16 Nov|23 Nov")] // Mondays
    [InlineData("2026-11-24", "2026-11-25", "24 Nov|06:00|12:00|18:00|25 Nov")]
    [InlineData("2026-11-18", "2026-11-23", "18 Nov|19 Nov|20 Nov|21 Nov|22 Nov|23 Nov")]
    [InlineData("2026-11-25T01:58", "2026-11-25T02:58", "02:00|02:15|02:30|02:45")]
    [InlineData("2026-09-01", "2027-05-20", "1 Sep|1 Nov|1 Jan|1 Mar|1 May")]
    [InlineData("2026-06-10", "2026-09-01", "15 Jun|29 Jun|13 Jul|27 Jul|10 Aug|24 Aug")] // every second Monday
    public void For_Range_FallsOnWholeUnits(string from, string to, string labels) =>
        string.Join('|', TimeTicks.For(At(from), At(to)).Select(tick => tick.Label)).ShouldBe(labels);

    [Fact]
    public void For_AnyRange_StaysInsideAndInOrder() =>
        Gen.Select(Gen.Int[0, 5_000_000], Gen.Int[1, 5_000_000]).Sample((start, length) =>
        {
            var from = At("2020-01-01").AddMinutes(start);
            var to = from.AddMinutes(length);
            var ticks = TimeTicks.For(from, to);
            ticks.Count.ShouldBeLessThanOrEqualTo(6);
            ticks.ShouldAllBe(tick => tick.At >= from && tick.At <= to);
            ticks.Select(tick => tick.At).ShouldBeInOrder();
        });

    private static DateTimeOffset At(string time) =>
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
