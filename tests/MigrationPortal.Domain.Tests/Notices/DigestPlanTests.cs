using System.Globalization;
using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Domain.Tests.Notices;

public sealed class DigestPlanTests
{
    // 23 Nov 2026 is a Monday. Times are of November.
    [Theory]
    [InlineData(DigestEvery.Day, "23 05:59", null, "21 06:00", "22 06:00")]
    [InlineData(DigestEvery.Day, "23 06:00", null, "22 06:00", "23 06:00")]
    [InlineData(DigestEvery.Day, "23 06:00", "22 06:00", "22 06:00", "23 06:00")]
    [InlineData(DigestEvery.Day, "23 23:59", "23 06:00", null, null)]
    [InlineData(DigestEvery.Day, "23 06:10", "19 06:00", "19 06:00", "23 06:00")] // the portal was away
    [InlineData(DigestEvery.Day, "23 06:10", "22 14:00", "22 14:00", "23 06:00")] // its hour was changed
    [InlineData(DigestEvery.Week, "23 05:59", null, "09 06:00", "16 06:00")]
    [InlineData(DigestEvery.Week, "23 06:00", "16 06:00", "16 06:00", "23 06:00")]
    [InlineData(DigestEvery.Week, "29 23:00", "23 06:00", null, null)]
    [InlineData(DigestEvery.Week, "29 23:00", null, "16 06:00", "23 06:00")]
    public void Due_IsTheTimeSinceTheLast_OnceItsHourHasCome(DigestEvery every, string now, string? until, string? from, string? to)
    {
        var due = new DigestPlan("data", every, 6).Due(At(now), until is null ? null : At(until));
        due?.From.ShouldBe(At(from!));
        due?.To.ShouldBe(At(to!));
        (due is null).ShouldBe(from is null);
    }

    [Fact]
    public void Due_AfterALongTimeAway_HoldsAMonth() => new DigestPlan("data", DigestEvery.Day, 6).Due(At("23 07:00"), At("01 06:00").AddYears(-1))!.Value.Length.ShouldBe(TimeSpan.FromDays(31));

    [Theory]
    [InlineData("data", true)]
    [InlineData("Data/ETL", true)]
    [InlineData("data/etl/jobs", true)]
    [InlineData("database", false)]
    [InlineData("my/data", false)]
    public void Holds_TheProject_AndWhatIsBelowTheGroup(string path, bool holds) => new DigestPlan("data", DigestEvery.Day, 6).Holds(path).ShouldBe(holds);

    [Theory]
    [InlineData("data/etl", 0, "")]
    [InlineData("", 6, "digest.path")]
    [InlineData("/data", 6, "digest.path")]
    [InlineData("data/", 6, "digest.path")]
    [InlineData("data", 24, "digest.hour")]
    [InlineData("data", -1, "digest.hour")]
    public void Problems_NameTheField(string path, int hour, string field) => string.Join(",", new DigestPlan(path, DigestEvery.Day, hour).Problems().Select(one => one.Field)).ShouldBe(field);

    [Fact]
    public void Wish_OfADigestAlone_HasAPlan()
    {
        var rules = NoticeRules.Usual with { Digest = new DigestPlan("data", DigestEvery.Day, 6) };
        Fields(ChannelKind.Digest, rules).ShouldBe("");
        Fields(ChannelKind.Digest, NoticeRules.Usual).ShouldBe("digest");
        Fields(ChannelKind.Mail, rules).ShouldBe("digest");
        new NoticeRules(NoticeSeverity.Info, new Dictionary<string, NoticeSeverity?>()) { Digest = rules.Digest }.Want(
            new Notice(Shared.Make.Production, NoticeKind.Drift, NoticeSeverity.Critical, "k", "s", [], "x", Shared.Make.Now)).ShouldBeFalse("single notices are not for it");

        static string Fields(ChannelKind kind, NoticeRules rules) => string.Join(",", new ChannelWish("x", kind, true, ["a@example.org"], null, null, rules).Problems(isNew: true).Select(one => one.Field));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.ParseExact($"2026-11-{time} +00:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
}
