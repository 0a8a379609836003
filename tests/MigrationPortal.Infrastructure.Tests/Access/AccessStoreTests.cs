using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Access;

public sealed class AccessStoreTests(PostgresFixture postgres)
{
    private static readonly Actor Ann = new(ActorKind.User, "3");

    [Fact]
    public async Task Token_Authenticates_UntilItExpiresOrIsRevoked()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var tokens = store.Get<ITokenStore>();
        var (token, secret) = await tokens.CreateAsync(new NewToken("ci", Ann, [TokenScope.Operate, TokenScope.Read], StoreFixture.Noon.AddDays(1)), StoreFixture.Noon, default);

        secret.ShouldStartWith("mp_");
        (await tokens.AuthenticateAsync(secret, StoreFixture.Noon, default))!.Scopes.ShouldBe([TokenScope.Read, TokenScope.Operate]);
        (await tokens.AuthenticateAsync(secret + "0", StoreFixture.Noon, default)).ShouldBeNull();
        (await tokens.AuthenticateAsync(secret, StoreFixture.Noon.AddDays(1), default)).ShouldBeNull();
        (await tokens.RevokeAsync(token.Id, new Actor(ActorKind.User, "4"), StoreFixture.Noon, default)).ShouldBeFalse();
        (await tokens.ListAsync(Ann, StoreFixture.Noon, default)).ShouldHaveSingleItem().LastUsedAt.ShouldBe(StoreFixture.Noon);
        (await tokens.RevokeAsync(token.Id, Ann, StoreFixture.Noon, default)).ShouldBeTrue();
        (await tokens.AuthenticateAsync(secret, StoreFixture.Noon, default)).ShouldBeNull();
        (await store.ScalarAsync<long>($"SELECT count(*) FROM api_tokens WHERE api_tokens::text LIKE '%{secret[3..]}%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Ensure_ManyReplicasAtOnce_MakesOneToken()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var wanted = new NewToken("bootstrap", Actor.Portal, Enum.GetValues<TokenScope>(), null);

        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => store.Get<ITokenStore>().EnsureAsync("mp_given", wanted, StoreFixture.Noon, default)));

        made.Select(token => token.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Ensure_AnotherSecret_RevokesTheOneBefore_AndNoOther()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var tokens = store.Get<ITokenStore>();
        var wanted = new NewToken("bootstrap", Actor.Portal, Enum.GetValues<TokenScope>(), null);
        var (_, minted) = await tokens.CreateAsync(wanted with { Name = "ci" }, StoreFixture.Noon, default);
        await tokens.EnsureAsync("mp_old", wanted, StoreFixture.Noon, default);

        await tokens.EnsureAsync("mp_new", wanted, StoreFixture.Noon, default);

        (await tokens.AuthenticateAsync("mp_old", StoreFixture.Noon, default)).ShouldBeNull();
        (await tokens.AuthenticateAsync("mp_new", StoreFixture.Noon, default)).ShouldNotBeNull();
        (await tokens.AuthenticateAsync(minted, StoreFixture.Noon, default)).ShouldNotBeNull();

        var back = await tokens.EnsureAsync("mp_old", wanted, StoreFixture.Noon, default);
        (await tokens.AuthenticateAsync("mp_old", StoreFixture.Noon, default)).ShouldNotBeNull();
        (await tokens.AuthenticateAsync("mp_new", StoreFixture.Noon, default)).ShouldBeNull();
        (await tokens.FindAsync([back.Id, 999], default)).Values.Single().Name.ShouldBe("bootstrap");
    }

    [Fact]
    public async Task Idempotency_SameKey_AnswersRefusesOrWaits()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var keys = store.Get<IIdempotencyStore>();
        Task<IdempotencyClaim> Claim(string body, int minutes = 0) => keys.ClaimAsync("user:3", "POST /plans", "k", body, StoreFixture.Noon.AddMinutes(minutes), default);

        (await Claim("b")).ShouldBeOfType<IdempotencyClaim.Yours>();
        (await Claim("b")).ShouldBeOfType<IdempotencyClaim.UnderWay>();
        (await Claim("other")).ShouldBeOfType<IdempotencyClaim.OtherBody>();
        (await Claim("b", 3)).ShouldBeOfType<IdempotencyClaim.Yours>();
        await keys.AnswerAsync("user:3", "POST /plans", "k", new StoredAnswer(201, "{}", "/plans/1"), default);
        (await Claim("b", 30)).ShouldBe(new IdempotencyClaim.Answered(new StoredAnswer(201, "{}", "/plans/1")));
        (await keys.ClaimAsync("user:4", "POST /plans", "k", "b", StoreFixture.Noon, default)).ShouldBeOfType<IdempotencyClaim.Yours>();
    }

    [Fact]
    public async Task Users_SeenAgainAndErased()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var users = store.Get<IUserDirectory>();
        var ann = new PortalUser(new UserId(StoreFixture.Production, 3), "ann", "Ann", true, StoreFixture.Noon);
        await users.SeenAsync(ann, default);
        await users.SeenAsync(ann with { IsAdmin = false }, default);

        (await users.FindAsync([ann.Id, new UserId(StoreFixture.Production, 4)], default)).Values.ShouldBe([ann with { IsAdmin = false }]);
        (await users.EraseAsync(ann.Id, default)).ShouldBeTrue();
        (await users.FindAsync(ann.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Admins_OfTheInstance_ByName()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var users = store.Get<IUserDirectory>();
        var ann = new PortalUser(new UserId(StoreFixture.Production, 3), "ann", "Ann", true, StoreFixture.Noon);
        var abe = ann with { Id = new UserId(StoreFixture.Production, 9), Username = "zabe", Name = "Abe" };
        foreach (var one in (PortalUser[])[ann, abe, ann with { Id = new UserId(StoreFixture.Production, 4), IsAdmin = false }, ann with { Id = new UserId(new InstanceId("qa"), 3) }])
            await users.SeenAsync(one, default);

        (await users.AdminsAsync(StoreFixture.Production, default)).ShouldBe([abe, ann]);
    }

    [Fact]
    public async Task Sessions_AreGoneWhenExpired()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var sessions = store.Get<ISessionStore>();
        await sessions.SaveAsync(new StoredSession("k", new UserId(StoreFixture.Production, 3), [1, 2], StoreFixture.Noon), default);

        (await sessions.FindAsync("k", StoreFixture.Noon.AddSeconds(-1), default))!.Ticket.ShouldBe([1, 2]);
        (await sessions.FindAsync("k", StoreFixture.Noon, default)).ShouldBeNull();
        (await sessions.RemoveExpiredAsync(StoreFixture.Noon, default)).ShouldBe(1);
    }

    [Fact]
    public async Task IdempotencyKeys_Removed_MayBeUsedAnew()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var keys = store.Get<IIdempotencyStore>();
        await keys.ClaimAsync("c", "r", "old", "h", StoreFixture.Noon.AddDays(-8), default);
        await keys.ClaimAsync("c", "r", "new", "h", StoreFixture.Noon, default);

        (await keys.RemoveAsync(StoreFixture.Noon.AddDays(-7), default)).ShouldBe(1);

        (await keys.ClaimAsync("c", "r", "old", "another", StoreFixture.Noon, default)).ShouldBeOfType<IdempotencyClaim.Yours>();
        (await keys.ClaimAsync("c", "r", "new", "h", StoreFixture.Noon, default)).ShouldBeOfType<IdempotencyClaim.UnderWay>();
    }
}
