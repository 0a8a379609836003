using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class WordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 14, 20, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.0000004, "0.000 %")]
    [InlineData(0.00002, "0.00 %")]
    [InlineData(0.0028, "0.28 %")]
    [InlineData(0.0099949, "1.0 %")]
    [InlineData(0.098, "9.8 %")]
    [InlineData(0.09996, "10 %")]
    [InlineData(0.62, "62 %")]
    [InlineData(1, "100 %")]
    public void Percent_HasAsManyDigitsAsHelp(double fraction, string words) => Words.Percent(fraction).ShouldBe(words.Replace(' ', '\u00a0'));

    [Theory]
    [InlineData(55, 19741, "55 of 19,741 (0.28 %)")]
    [InlineData(0, 12, "0 of 12 (0 %)")]
    [InlineData(0, 0, "no jobs")]
    public void Rate_HasItsDenominator(long failed, long finished, string words) => Words.Rate(failed, finished).ShouldBe(words.Replace(" %", "\u00a0%", StringComparison.Ordinal));

    [Theory]
    [InlineData(-0.0004, "\u22120.04 pp")]
    [InlineData(0.0016, "+0.16 pp")]
    [InlineData(0.00001, "0.00 pp")]
    public void Points_HaveASign(double difference, string words) => Words.Points(difference).ShouldBe(words.Replace(' ', '\u00a0'));

    [Theory]
    [InlineData(-1680, "28 min ago")]
    [InlineData(-4, "4 s ago")]
    [InlineData(0, "just now")]
    [InlineData(-86400 * 6, "6 days ago")]
    [InlineData(-86400, "24 h ago")]
    [InlineData(3600 * 3, "in 3 h")]
    public void Ago_CountsInOneUnit(int seconds, string words) => Words.Ago(Now.AddSeconds(seconds), Now).ShouldBe(words == "just now" ? words : words.Replace(' ', '\u00a0'));

    [Theory]
    [InlineData("2026-11-25T13:52Z", "13:52")]
    [InlineData("2026-11-24T16:02Z", "24 Nov 16:02")]
    [InlineData("2025-11-25T14:20Z", "25 Nov 2025 14:20")]
    public void Stamp_IsShortButCertain(string at, string words) =>
        Words.Stamp(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Now).ShouldBe(words.Replace(' ', '\u00a0'));

    [Theory]
    [InlineData(1, "1 project")]
    [InlineData(1204, "1,204 projects")]
    public void Count_Noun_FollowsTheNumber(long number, string words) => Words.Count(number, "project").ShouldBe(words.Replace(' ', '\u00a0'));

    [Theory]
    [InlineData(0.0905, "0.1\u00a0s")]
    [InlineData(4, "4\u00a0s")]
    [InlineData(118, "118\u00a0s")]
    [InlineData(119.6, "2\u00a0min")]
    [InlineData(556, "9.3\u00a0min")]
    [InlineData(3000, "50\u00a0min")]
    [InlineData(9000, "2.5\u00a0h")]
    public void Duration_IsRounded_NotCut(double seconds, string said) => Words.Duration(seconds).ShouldBe(said);

    [Theory]
    [InlineData(1, "100\u00a0%")]
    [InlineData(0.9968, "99\u00a0%")]
    [InlineData(0.62, "62\u00a0%")]
    [InlineData(0.0028, "0.28\u00a0%")]
    public void Share_OneHundredIsSaidOfTheWholeAlone(double fraction, string said) => Words.Share(fraction).ShouldBe(said);
}
