using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Tests.Access;

/// <summary>How long a consent lasts, with a clock that is moved.</summary>
public sealed class ActingSessionsTests
{
    private static readonly UserId Mia = new(new InstanceId("production"), 7);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 14, 0, 0, TimeSpan.Zero));
    private readonly MemoryWorld _world = new();
    private readonly SessionTickets _tickets;
    private readonly ActingSessions _acting;

    public ActingSessionsTests()
    {
        var options = Options.Create(new SignInOptions { ClientId = "portal" });
        var scopes = new ServiceCollection().AddSingleton<ISessionStore>(_world).BuildServiceProvider().GetRequiredService<IServiceScopeFactory>();
        _tickets = new SessionTickets(scopes, new EphemeralDataProtectionProvider(), options, _time);
        _acting = new ActingSessions(_tickets, new SessionTurns(_world, _time), _world, _world, options, _time, NullLogger<ActingSessions>.Instance);
    }

    [Fact]
    public async Task Token_LastsAnHour_AndEndsByItself()
    {
        var (person, _) = await SignedInAsync();
        (await _acting.GiveAsync(person, new RefreshedToken("api-1", "refresh-1", TimeSpan.FromHours(2)), default)).ShouldBeTrue();

        _time.Advance(TimeSpan.FromMinutes(59));
        (await _acting.TokenAsync(person, default))!.Reveal().ShouldBe("api-1");
        (await _acting.UntilAsync(person, default)).ShouldBe(_time.GetUtcNow() + TimeSpan.FromMinutes(1));

        _time.Advance(TimeSpan.FromMinutes(1));
        (await _acting.UntilAsync(person, default)).ShouldBeNull();
        (await _acting.TokenAsync(person, default)).ShouldBeNull();
        _world.Revoked.ShouldBe(["api-1"]);
        _world.Trail.Select(one => (one.What, one.Why)).ShouldBe([("consent.given", null), ("consent.ended", "the time was over")]);
    }

    [Fact]
    public async Task Token_ThatGitLabEndsSooner_IsRefreshed_ButNoLongerThanTheHour()
    {
        var (person, _) = await SignedInAsync();
        await _acting.GiveAsync(person, new RefreshedToken("api-1", "refresh-1", TimeSpan.FromMinutes(20)), default);
        _time.Advance(TimeSpan.FromMinutes(30));
        _world.Refresh = new RefreshedToken("api-2", "refresh-2", TimeSpan.FromHours(2));

        (await _acting.TokenAsync(person, default))!.Reveal().ShouldBe("api-2");
        (await _acting.TokenAsync(person, default))!.Reveal().ShouldBe("api-2");
        _world.Refreshed.ShouldBe(["refresh-1"]);
        _time.Advance(TimeSpan.FromMinutes(30));
        (await _acting.TokenAsync(person, default)).ShouldBeNull();
        _world.Revoked.ShouldBe(["api-2"]);
    }

    [Fact]
    public async Task Token_ThatGitLabDoesNotRefresh_AsksForConsentAgain()
    {
        var (person, _) = await SignedInAsync();
        await _acting.GiveAsync(person, new RefreshedToken("api-1", "refresh-1", TimeSpan.FromMinutes(20)), default);
        _time.Advance(TimeSpan.FromMinutes(30));

        (await _acting.TokenAsync(person, default)).ShouldBeNull();
        _world.Trail[^1].Why.ShouldBe("GitLab no longer accepts it");
    }

    [Fact]
    public async Task Tickets_WrittenBackByRequestsThatBeganBefore_TakeNothingAway_AndBringNothingBack()
    {
        var (person, key) = await SignedInAsync();
        var before = (await _tickets.RetrieveAsync(key))!;
        await _acting.GiveAsync(person, new RefreshedToken("api-1", "", TimeSpan.FromHours(2)), default);
        var during = (await _tickets.RetrieveAsync(key))!;

        await _tickets.RenewAsync(key, before);
        (await _acting.TokenAsync(person, default)).ShouldNotBeNull();
        await _acting.EndAsync(person, "signed out", default);
        await _tickets.RenewAsync(key, during);
        (await _acting.TokenAsync(person, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Session_TakenOverBySomebodyElse_HoldsNothingOfTheFormer()
    {
        var (person, key) = await SignedInAsync();
        await _acting.GiveAsync(person, new RefreshedToken("api-1", "", TimeSpan.FromHours(2)), default);

        await _tickets.RenewAsync(key, Ticket(new UserId(Mia.Instance, 8)));

        var stored = (await _tickets.RetrieveAsync(key))!;
        ActingGrant.Of(stored.Properties).ShouldBeNull();
        stored.Principal.FindFirstValue(PortalClaims.Session).ShouldBe(person.FindFirstValue(PortalClaims.Session));
        (await _acting.TokenAsync(person, default)).ShouldBeNull("an open page of the former person");
    }

    [Fact]
    public async Task GitLabAway_AtTheEnd_IsForgottenAllTheSame()
    {
        var (person, _) = await SignedInAsync();
        await _acting.GiveAsync(person, new RefreshedToken("api-1", "", TimeSpan.FromHours(2)), default);
        _world.Away = true;
        await _acting.EndAsync(person, "signed out", default);
        (await _acting.TokenAsync(person, default)).ShouldBeNull();
        await _acting.EndAsync(person, "signed out", default);
        _world.Trail.Count(one => one.What == "consent.ended").ShouldBe(1);
    }

    [Fact]
    public async Task ApiToken_HasNoSessionToActWith() =>
        (await _acting.TokenAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(PortalClaims.Token, "3"), new Claim(PortalClaims.Instance, "production"), new Claim(ClaimTypes.NameIdentifier, "7")], "Bearer")), default)).ShouldBeNull();

    private async Task<(ClaimsPrincipal Person, string Key)> SignedInAsync()
    {
        var key = await _tickets.StoreAsync(Ticket(Mia));
        return ((await _tickets.RetrieveAsync(key))!.Principal, key);
    }

    private AuthenticationTicket Ticket(UserId user) => new(
        PersonIdentity.Of(user.Instance, new GitLabPerson(user.Number, "somebody", null, false, false), null),
        new AuthenticationProperties { ExpiresUtc = _time.GetUtcNow().AddHours(12) },
        CookieAuthenticationDefaults.AuthenticationScheme);

    private sealed class MemoryWorld : ISessionStore, ILeaseStore, IAuditTrail, IGitLabIdentity
    {
        private readonly Dictionary<string, StoredSession> _sessions = [];

        public List<AuditEntry> Trail { get; } = [];

        public List<string> Revoked { get; } = [];

        public List<string> Refreshed { get; } = [];

        public RefreshedToken? Refresh { get; set; }

        public bool Away { get; set; }

        public Task SaveAsync(StoredSession session, CancellationToken cancel)
        {
            _sessions[session.Key] = session;
            return Task.CompletedTask;
        }

        public Task<StoredSession?> FindAsync(string key, DateTimeOffset now, CancellationToken cancel) => Task.FromResult(_sessions.GetValueOrDefault(key));

        public Task RemoveAsync(string key, CancellationToken cancel) => Task.FromResult(_sessions.Remove(key));

        public Task<int> RemoveExpiredAsync(DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();

        public Task<Lease?> TryAcquireAsync(string name, string holder, DateTimeOffset now, TimeSpan length, CancellationToken cancel) =>
            Task.FromResult<Lease?>(new Lease(name, holder, 1, now + length));

        public Task<Lease?> RenewAsync(Lease lease, DateTimeOffset now, TimeSpan length, CancellationToken cancel) => throw new NotSupportedException();

        public Task ReleaseAsync(Lease lease, CancellationToken cancel) => Task.CompletedTask;

        public Task AppendAsync(AuditEntry entry, CancellationToken cancel)
        {
            Trail.Add(entry);
            return Task.CompletedTask;
        }

        public Task<string?> AddressAsync(UserId user, CancellationToken cancel) => throw new NotSupportedException();

        public Task<RefreshedToken?> RefreshAsync(InstanceId instance, string refreshToken, string clientId, string? clientSecret, CancellationToken cancel)
        {
            Refreshed.Add(refreshToken);
            return Task.FromResult(Refresh);
        }

        public Task RevokeAsync(InstanceId instance, string accessToken, string clientId, string? clientSecret, CancellationToken cancel)
        {
            if (Away) throw new GitLabUnavailableException(instance, "no connection");
            Revoked.Add(accessToken);
            return Task.CompletedTask;
        }

        public Task<T> ChangeAsync<T>(Func<Task<(T Result, AuditEntry? Entry)>> change, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<AuditRecord>> NewestAsync(int limit, long? before, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> HasAsync(InstanceId instance, string what, string subject, CancellationToken cancel) => throw new NotSupportedException();

        public Task<AuditVerdict> VerifyAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<GitLabPerson?> WhoAsync(InstanceId instance, string accessToken, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<OwnProject>?> MaintainedProjectsAsync(InstanceId instance, string accessToken, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool?> IsAdministratorAsync(UserId user, CancellationToken cancel) => throw new NotSupportedException();
    }
}
