using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Gates;

public sealed class ExternalsGateTests
{
    private static readonly GateFacts Facts = GateWorld.Facts(7);

    [Theory]
    [InlineData(PassWhen.Below, 5, 4.9, GateVerdict.Pass, "4.9, must be below 5")]
    [InlineData(PassWhen.Below, 5, 5, GateVerdict.Fail, "5, must be below 5")]
    [InlineData(PassWhen.AtMost, 5, 5, GateVerdict.Pass, "5, must be at most 5")]
    [InlineData(PassWhen.AtMost, 5, 5.0001, GateVerdict.Fail, "5.0001, must be at most 5")]
    [InlineData(PassWhen.AtLeast, 0.99, 0.99, GateVerdict.Pass, "0.99, must be at least 0.99")]
    [InlineData(PassWhen.AtLeast, 0.99, 0.98, GateVerdict.Fail, "0.98, must be at least 0.99")]
    [InlineData(PassWhen.Above, 0, 0, GateVerdict.Fail, "0, must be above 0")]
    [InlineData(PassWhen.Above, -1, 0, GateVerdict.Pass, "0, must be above -1")]
    public void Query_ComparesTheWorstSample(PassWhen passes, double threshold, double worst, GateVerdict verdict, string value)
    {
        var reading = Read(new ExternalFacts("budget") { Query = new PromFacts(passes, threshold, 3, worst, null) });
        (reading.Verdict, reading.Value).ShouldBe((verdict, value));
        reading.Sentence.ShouldContain("the worst of 3 series");
    }

    [Theory]
    [InlineData(0, null, null, "empty answer")]
    [InlineData(2, null, null, "no number")]
    [InlineData(0, null, "503 Service Unavailable.", "no answer")]
    public void Query_WithoutANumber_IsUnknown(int series, double? worst, string? trouble, string value)
    {
        var reading = Read(new ExternalFacts("budget") { Query = new PromFacts(PassWhen.Below, 5, series, worst, trouble) });
        (reading.Verdict, reading.Value).ShouldBe((GateVerdict.Unknown, value));
    }

    [Theory] // minutes from the facts to the answer's end
    [InlineData(GateVerdict.Pass, 1, GateVerdict.Pass)]
    [InlineData(GateVerdict.Fail, 1, GateVerdict.Fail)]
    [InlineData(GateVerdict.Wait, 1, GateVerdict.Wait)]
    [InlineData(GateVerdict.Pass, 0, GateVerdict.Unknown)]
    [InlineData(GateVerdict.Fail, -5, GateVerdict.Unknown)] // a no ends as a yes does
    [InlineData(null, 1, GateVerdict.Unknown)]
    public void Post_HoldsUntilItExpires(GateVerdict? posted, double minutes, GateVerdict verdict) =>
        Read(new ExternalFacts("release") { Post = new PostFacts(posted, "Nobody releases.", Facts.At.AddHours(-1), Facts.At.AddMinutes(minutes)) }).Verdict.ShouldBe(verdict);

    [Fact]
    public void Several_TheWorstSpeaks_AndOneThatIsGoneHolds()
    {
        var good = new ExternalFacts("budget") { Query = new PromFacts(PassWhen.Below, 5, 1, 4, null) };
        var bad = new ExternalFacts("release") { Post = new PostFacts(GateVerdict.Fail, "Nobody releases.", Facts.At, Facts.At.AddHours(1)) };
        Read(good, good).ShouldBe(new GateReading("external", GateVerdict.Pass, "2 of 2 pass", "'budget' is 4; it must be below 5. 'budget' is 4; it must be below 5."));
        Read(good, bad).ShouldBe(new GateReading("external", GateVerdict.Fail, "1 of 2 pass", "'release' says fail: Nobody releases."));
        Read(new ExternalFacts("gone")).Verdict.ShouldBe(GateVerdict.Unknown);
        Read().ShouldBe(new GateReading("external", GateVerdict.Pass, "none asked", "The policy names no external gate."));
    }

    [Fact]
    public void FactsOfBefore_AreReplayedWithoutIt() =>
        GateEvaluation.Of(Make.Production, Facts, GateWorld.Policy).Readings.ShouldNotContain(reading => reading.Gate == ExternalsGate.Name || reading.Gate == ApprovalsGate.Name);

    [Theory]
    [InlineData("error-budget", true)]
    [InlineData("x", true)]
    [InlineData("", false)]
    [InlineData("-x", false)]
    [InlineData("Budget", false)]
    [InlineData("a b", false)]
    public void Name_IsOneThatAnAddressCanHold(string name, bool isRight) => (ExternalGate.NameProblem(name) is null).ShouldBe(isRight);

    [Fact]
    public void Query_EveryFieldThatIsWrongIsNamed_AndNoMetadataAddressIsAsked()
    {
        new PromQuery("ftp://x", " ", PassWhen.Below, double.NaN, 0).Problems().Select(one => one.Field).ShouldBe(["url", "query", "threshold", "timeoutSeconds"]);
        foreach (var address in (string[])["http://169.254.169.254/", "http://[fd00:ec2::254]/", "https://me:secret@example.org", "https://example.org/?a=b"])
            new PromQuery(address, "up", PassWhen.Below, 1, 5).Problems().ShouldHaveSingleItem().Field.ShouldBe("url");
        new PromQuery("https://prometheus.example.org/prom", "up", PassWhen.Below, 1, 5).Problems().ShouldBeEmpty();
    }

    private static GateReading Read(params ExternalFacts[] facts) => new ExternalsGate().Read(Facts with { External = facts }, GateWorld.Policy);
}
