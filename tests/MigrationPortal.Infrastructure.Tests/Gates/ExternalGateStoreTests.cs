using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Gates;

public sealed class ExternalGateStoreTests(PostgresFixture postgres)
{
    private static readonly PromQuery Query = new("https://prometheus.example.org", "up", PassWhen.AtLeast, 0.5, 10);

    [Fact]
    public async Task Secret_IsEncrypted_Stays_Changes_AndGoes()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var gates = store.Get<IExternalGateStore>();
        var added = (await gates.AddAsync(new ExternalGate(0, StoreFixture.Production, "budget", Query, false, 0), "token-of-mine", default))!;
        added.ShouldBe(new ExternalGate(added.Id, StoreFixture.Production, "budget", Query, true, 1));
        (await gates.AddAsync(added, null, default)).ShouldBeNull("the name is taken");
        (await store.ScalarAsync<string>("SELECT secret FROM external_gates")).ShouldNotContain("token-of-mine");
        (await gates.SecretAsync(added.Id, default)).ShouldBe("token-of-mine");

        var changed = (await gates.SaveAsync(added with { Query = Query with { Threshold = 0.9 } }, null, default))!;
        (changed.Query!.Threshold, changed.HasSecret, changed.Version).ShouldBe((0.9, true, 2));
        (await gates.SaveAsync(added, null, default)).ShouldBeNull("it has another version meanwhile");
        (await gates.SaveAsync(changed, "", default))!.HasSecret.ShouldBeFalse();
        (await gates.SecretAsync(added.Id, default)).ShouldBeNull();
        (await gates.ListAsync(new InstanceId("qa"), default)).ShouldBeEmpty();
        (await gates.RemoveAsync(added.Id, default)).ShouldBeTrue();
        (await gates.RemoveAsync(added.Id, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Answers_AreTakenOnce_AndTheOneThatWasSentLastHolds()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var gates = store.Get<IExternalGateStore>();
        var gate = (await gates.AddAsync(new ExternalGate(0, StoreFixture.Production, "release", null, false, 0), SigningSecret.Make(), default))!;
        (await gates.LastAnswerAsync(gate.Id, default)).ShouldBeNull();
        var second = new ExternalAnswer("msg_2", GateVerdict.Fail, "Not now.", StoreFixture.Noon.AddSeconds(2), StoreFixture.Noon, StoreFixture.Noon.AddHours(1));
        (await gates.AnswerAsync(gate, second, default)).ShouldBeTrue();
        (await gates.AnswerAsync(gate, second with { Verdict = GateVerdict.Pass }, default)).ShouldBeFalse();
        (await gates.AnswerAsync(gate, second with { Message = "msg_1", Verdict = GateVerdict.Pass, SentAt = StoreFixture.Noon }, default)).ShouldBeTrue("it came late");
        (await gates.LastAnswerAsync(gate.Id, default)).ShouldBe(second);
        (await gates.AnswerAsync(gate, second with { Message = "msg_3", SentAt = StoreFixture.Noon.AddSeconds(3), Verdict = GateVerdict.Pass }, default)).ShouldBeTrue();
        (await gates.LastAnswerAsync(gate.Id, default))!.Verdict.ShouldBe(GateVerdict.Pass);
        (await gates.RemoveAsync(gate.Id, default)).ShouldBeTrue();
        (await gates.LastAnswerAsync(gate.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Evidence_OfApprovalsAndExternals_ReplaysTheSame()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var policy = GatePolicy.Default(GateStage.Overlap) with { External = ["budget", "release", "gone"] };
        var facts = GateStoreTests.Facts(14) with
        {
            Approvals = new ApprovalFacts(2, ["user:production/12"], null, 7, null, 1, true),
            External =
            [
                new ExternalFacts("budget") { Query = new PromFacts(PassWhen.Below, 0.1, 2, 1 / 3.0, null) },
                new ExternalFacts("release") { Post = new PostFacts(GateVerdict.Pass, "Free.", StoreFixture.Noon, StoreFixture.Noon.AddDays(60)) },
                new ExternalFacts("gone"),
            ],
        };
        var stored = await store.Get<IGateStore>().AddAsync(GateEvaluation.Of(StoreFixture.Production, facts, policy), facts, policy, default);
        var (seen, kept) = (await store.Get<IGateStore>().EvidenceAsync(stored.Id, default))!.Value;
        GateEvaluation.Of(StoreFixture.Production, seen, kept).Readings.ShouldBe(stored.Readings);
        kept.External.ShouldBe(policy.External);
        stored.Readings.Single(reading => reading.Gate == ExternalsGate.Name).Value.ShouldBe("1 of 3 pass");
    }
}
