using System.Globalization;
using System.Text;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Gates;

/// <summary>Answers that are posted: proven by their signature, taken once, and lasting by the instance's clock.</summary>
public sealed class TakeExternalAnswerTests
{
    private const string Good = """{"verdict":"pass","sentence":"Nothing is released today.","expiresAt":"2026-11-23T13:00:00Z"}""";

    private readonly Portal portal = new(ApplyPlanTests.Context());
    private readonly FixedTime time = new();
    private readonly MemoryExternalGates store = new();

    private ChangeExternalGates Change => new(store, portal.Audit, portal);

    [Fact]
    public async Task Answer_IsTakenOnce_AndLastsAsLongByTheInstancesClock()
    {
        var secret = await GateAsync();
        portal.Time = Make.Now.AddDays(40); // a demo's clock runs ahead
        (await TakeAsync(secret, Good)).Result().ShouldBeTrue();
        (await TakeAsync(secret, Good)).Result().ShouldBeFalse("the same message again");
        var answer = (await store.LastAnswerAsync(1, default))!;
        (answer.Verdict, answer.Sentence, answer.ExpiresAt).ShouldBe((GateVerdict.Pass, "Nothing is released today.", portal.Time.AddHours(1)));
        portal.Audit.Entries.Count(entry => entry.What == "gates.external.answer").ShouldBe(1);
    }

    [Theory]
    [InlineData("release", 300, true)]
    [InlineData("release", 301, false)] // older than five minutes: it may be a replay
    [InlineData("release", -301, false)]
    [InlineData("other", 0, false)]
    public async Task OldOrOfAnotherGate_IsNotProven(string name, double secondsOld, bool taken)
    {
        var secret = await GateAsync();
        var outcome = await TakeAsync(secret, Good, name: name, sent: Make.Now.AddSeconds(-secondsOld));
        outcome.Code().ShouldBe(taken ? "done" : "not-proven");
    }

    [Fact]
    public async Task ChangedBody_OldSecret_AndAQuerysName_AreNotProven()
    {
        var secret = await GateAsync();
        (await TakeAsync(secret, Good, signed: Good.Replace("pass", "fail", StringComparison.Ordinal))).Code().ShouldBe("not-proven");
        var rotated = (await Change.RotateAsync(Make.Production, "release", Make.Admin, default)).Result().MadeSecret!;
        (await TakeAsync(secret, Good)).Code().ShouldBe("not-proven");
        (await TakeAsync(rotated, Good)).Code().ShouldBe("done");
        (await Change.AddAsync(Make.Production, "budget", new PromQuery("https://prometheus.example.org", "up", PassWhen.Below, 1, 5), secret, Make.Admin, default)).Result();
        (await TakeAsync(secret, Good, name: "budget")).Code().ShouldBe("not-proven");
    }

    [Theory]
    [InlineData("[]", "The body is no JSON object")]
    [InlineData("{", "The body is no JSON object")]
    [InlineData("""{"verdict":"Pass","expiresAt":"2026-11-23T13:00:00Z"}""", "verdict")]
    [InlineData("""{"verdict":"1","expiresAt":"2026-11-23T13:00:00Z"}""", "verdict")]
    [InlineData("""{"verdict":"pass","expiresAt":"2026-11-23T12:00:00Z"}""", "expiresAt")]
    [InlineData("""{"verdict":"pass","expiresAt":"2027-11-23T12:00:00Z"}""", "expiresAt")]
    [InlineData("""{"verdict":"pass"}""", "expiresAt")]
    [InlineData("""{"verdict":"pass","sentence":7,"expiresAt":"2026-11-23T13:00:00Z"}""", "sentence")]
    [InlineData("""{"verdict":"pass","sentence":"two\nlines","expiresAt":"2026-11-23T13:00:00Z"}""", "sentence")]
    [InlineData("""{"verdict":"pass","sentence":"\ud800","expiresAt":"2026-11-23T13:00:00Z"}""", "sentence")]
    [InlineData("""{"verdict":"pass","expiresAt":"2026-11-23T13:00:00Z","until":"x"}""", "until")]
    public async Task Body_EveryProblemIsNamed_AndNothingIsTaken(string body, string problem)
    {
        var outcome = await TakeAsync(await GateAsync(), body);
        var refusal = ((Outcome<bool>.Refused)outcome).Refusal;
        (refusal.Code, refusal.Reasons.Count).ShouldBe(("invalid-answer", 1));
        refusal.Reasons[0].ShouldStartWith(problem);
        (await store.LastAnswerAsync(1, default)).ShouldBeNull();
    }

    [Fact]
    public async Task NoSecret_IsEverInTheTrail()
    {
        var secret = await GateAsync();
        await Change.AddAsync(Make.Production, "budget", new PromQuery("https://prometheus.example.org/hidden-path", "up", PassWhen.Below, 1, 5), "token-of-mine", Make.Admin, default);
        await Change.SaveAsync(Make.Production, "budget", new PromQuery("https://prometheus.example.org/hidden-path", "up", PassWhen.Above, 1, 5), "", Make.Admin, default);
        var trail = string.Join('\n', portal.Audit.Entries.Select(entry => entry.Before + entry.After));
        foreach (var hidden in (string[])[secret, "token-of-mine", "hidden-path"]) trail.ShouldNotContain(hidden);
        (await store.FindAsync(Make.Production, "budget", default))!.HasSecret.ShouldBeFalse();
    }

    private async Task<string> GateAsync() => (await Change.AddAsync(Make.Production, "release", null, null, Make.Admin, default)).Result().MadeSecret!;

    private Task<Outcome<bool>> TakeAsync(string secret, string body, string name = "release", DateTimeOffset? sent = null, string? signed = null)
    {
        var stamp = (sent ?? Make.Now).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = MessageSignature.Sign(SigningSecret.Key(secret)!, "msg_1", stamp, Encoding.UTF8.GetBytes(signed ?? body));
        return new TakeExternalAnswer(store, portal.Audit, portal, time).RunAsync(Make.Production, name, new SignedPost("msg_1", stamp, $"v1,AAAA {signature}", Encoding.UTF8.GetBytes(body)), default);
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Make.Now;
    }
}
