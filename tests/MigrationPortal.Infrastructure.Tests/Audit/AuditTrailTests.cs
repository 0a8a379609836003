using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Audit;

public sealed class AuditTrailTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Append_ManyAtOnce_MakesOneUnbrokenChain()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var trail = store.Get<IAuditTrail>();

        await Task.WhenAll(Enumerable.Range(0, 25).Select(at => trail.AppendAsync(Entry(at), default)));

        (await trail.VerifyAsync(default)).ShouldBe(new AuditVerdict(25, null));
        (await trail.NewestAsync(3, 20, default)).Select(record => record.Sequence).ShouldBe([19, 18, 17]);
        (await trail.NewestAsync(1, null, default))[0].Entry.Who.ShouldBe(new Actor(ActorKind.User, "3"));
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET why = 'nothing to see' WHERE sequence = 3", 3L)]
    [InlineData("DELETE FROM audit_entries WHERE sequence = 3", 4L)]
    [InlineData("UPDATE audit_entries SET at = at + interval '1 second' WHERE sequence = 2", 2L)]
    [InlineData("UPDATE audit_entries SET who = 'user:4' WHERE sequence = 1", 1L)]
    public async Task Verify_SomebodyTampered_NamesTheFirstBrokenEntry(string tamper, long broken)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        for (var at = 0; at < 5; at++) await store.Get<IAuditTrail>().AppendAsync(Entry(at), default);

        (await Should.ThrowAsync<PostgresException>(store.ExecuteAsync(tamper))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        // Whoever owns the database can lift the trigger; the chain is what still tells.
        await store.ExecuteAsync($"ALTER TABLE audit_entries DISABLE TRIGGER USER; {tamper}");

        (await store.Get<IAuditTrail>().VerifyAsync(default)).FirstBroken.ShouldBe(broken);
    }

    private static AuditEntry Entry(int at) => new(
        StoreFixture.Noon.AddTicks(at * 12_345_677), StoreFixture.Production, new Actor(ActorKind.User, "3"), "plan.apply", $"operation/{at}", "because “ä”", null, "{}");
}
