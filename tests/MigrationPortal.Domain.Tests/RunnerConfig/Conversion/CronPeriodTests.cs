using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

public sealed class CronPeriodTests
{
    [Theory]
    [InlineData("* * 9-17 * * mon-fri *", "* 9-17 * * mon-fri", 0)]
    [InlineData("* * * * * sat,sun *", "* * * * sat,sun", 0)]
    [InlineData("0 0 9 * * * *", "0 9 * * *", 1)]
    [InlineData("* 0-30/5 * 1,15 jan-mar ? *", "0-30/5 * 1,15 jan-mar *", 0)]
    [InlineData("* 10/15 * * * * *", "10-59/15 * * * *", 0)]
    [InlineData("* */10 * * * * 2026", "*/10 * * * *", 1)]
    [InlineData("*/5 * * * * * 2026-2028", "* * * * *", 2)]
    [InlineData("* 9-17 * * 1-5", "* 9-17 * * 1-5", 1)]
    [InlineData("* 9-17 * * 1-5 2026", "* 9-17 * * 1-5", 2)]
    [InlineData("@daily", "0 0 * * *", 1)]
    [InlineData("* * 8 * january monday,TUESDAY *", "* 8 * jan mon,tue", 0)]
    [InlineData("* * * * * 7 *", "* * * * 7", 0)]
    [InlineData("  *  *  8-18  *  *  Mon-Fri  *  ignored", "* 8-18 * * mon-fri", 0)]
    public void SevenFields_BecomeFive_AndWhatIsLostIsSaid(string period, string five, int lost)
    {
        var converted = CronPeriod.Of(period);

        converted.Fields.ShouldBe(five);
        converted.Lost.Count.ShouldBe(lost);
    }

    [Theory]
    [InlineData("* * * * * fri-mon *", "runs backwards")]
    [InlineData("* * * * * sat-sun *", "runs backwards")]
    [InlineData("* * * L * * *", "cannot be said")]
    [InlineData("* * * 15W * * *", "cannot be said")]
    [InlineData("* * * * * 5#3 *", "cannot be said")]
    [InlineData("* * 25 * * * *", "is not read")]
    [InlineData("* 99 * * *", "is not read")]
    [InlineData("* */0 * * * * *", "step")]
    [InlineData("* * *", "fewer than five")]
    [InlineData("", "fewer than five")]
    [InlineData("* , * * * * *", "is empty")]
    public void WhatFiveFieldsCannotSay_IsNotMadeUp(string period, string why)
    {
        var converted = CronPeriod.Of(period);

        converted.Fields.ShouldBeNull();
        converted.Lost.ShouldHaveSingleItem().ShouldContain(why);
    }
}
