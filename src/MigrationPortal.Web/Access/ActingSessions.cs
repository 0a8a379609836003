using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>
/// The token by which the portal changes projects in a person's name: given by a second consent, kept for
/// <see cref="SignInOptions.ActFor"/> at most, ended at sign-out. What asks for it and gets none leads the person to
/// <c>/account/consent?returnUrl=...</c>.
/// </summary>
public sealed partial class ActingSessions
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private readonly SessionTickets _tickets;
    private readonly SessionTurns _turns;
    private readonly IGitLabIdentity _gitLab;
    private readonly IAuditTrail _audit;
    private readonly SignInOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ActingSessions> _logger;

    internal ActingSessions(
        SessionTickets tickets, SessionTurns turns, IGitLabIdentity gitLab, IAuditTrail audit, IOptions<SignInOptions> options, TimeProvider time, ILogger<ActingSessions> logger) =>
        (_tickets, _turns, _gitLab, _audit, _options, _time, _logger) = (tickets, turns, gitLab, audit, options.Value, time, logger);

    /// <returns>Null: consent is needed. Always null for an API token, which has no GitLab session.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab's token ended before the hour and GitLab does not answer.</exception>
    public async Task<PersonToken?> TokenAsync(ClaimsPrincipal person, CancellationToken cancel)
    {
        if (Session(person) is not var (session, user)) return null;
        if (await GrantAsync(session, user, cancel) is not { } grant) return null;
        if (grant.Until <= _time.GetUtcNow())
        {
            await EndAsync(person, "the time was over", cancel);
            return null;
        }

        if (IsFresh(grant)) return new PersonToken(grant.AccessToken);
        var renewed = await _turns.TakeAsync<PersonToken?>(session, user.Instance, () => RefreshAsync(session, user, cancel), null, cancel);
        if (renewed is null) await EndAsync(person, "GitLab no longer accepts it", cancel);
        return renewed;
    }

    /// <summary>Until when the person's consent holds; null when there is none.</summary>
    public async Task<DateTimeOffset?> UntilAsync(ClaimsPrincipal person, CancellationToken cancel) =>
        Session(person) is var (session, user) && await GrantAsync(session, user, cancel) is { } grant && _time.GetUtcNow() < grant.Until ? grant.Until : null;

    /// <summary>Forgets the token and ends it at GitLab; without one nothing happens.</summary>
    /// <param name="why">A sentence's end for the audit trail, such as <c>signed out</c>.</param>
    public async Task EndAsync(ClaimsPrincipal person, string why, CancellationToken cancel)
    {
        if (Session(person) is not var (session, user) || await GrantAsync(session, user, cancel) is null) return;
        var ended = await _turns.TakeAsync<ActingGrant?>(session, user.Instance, async () =>
        {
            if (await _tickets.FindAsync(session, cancel) is not { } ticket || ActingGrant.Of(ticket.Properties) is not { } grant) return null;
            ActingGrant.Remove(ticket.Properties);
            await _tickets.SaveAsync(session, ticket, CancellationToken.None);
            return grant;
        }, null, cancel);
        if (ended is null) return;
        await _audit.AppendAsync(Entry(user, "consent.ended", why, null), CancellationToken.None);
        await RevokeAsync(user, ended.AccessToken, cancel);
    }

    /// <returns>False when the session has ended meanwhile.</returns>
    internal async Task<bool> GiveAsync(ClaimsPrincipal person, RefreshedToken token, CancellationToken cancel)
    {
        if (Session(person) is not var (session, user)) return false;
        var now = _time.GetUtcNow();
        var grant = new ActingGrant(token.AccessToken, token.RefreshToken, now + token.ExpiresIn, now + _options.ActFor);
        var (given, former) = await _turns.TakeAsync(session, user.Instance, async () =>
        {
            if (await _tickets.FindAsync(session, cancel) is not { } ticket || ticket.Principal.User() != user) return (false, (ActingGrant?)null);
            var former = ActingGrant.Of(ticket.Properties);
            grant.WriteTo(ticket.Properties);
            await _tickets.SaveAsync(session, ticket, CancellationToken.None);
            return (true, former);
        }, null, cancel);
        if (given) await _audit.AppendAsync(Entry(user, "consent.given", null, $$"""{"scope":"api","until":"{{UserSessions.Write(grant.Until)}}"}"""), CancellationToken.None);
        if (former is not null) await RevokeAsync(user, former.AccessToken, cancel);
        return given;
    }

    /// <summary>Ends a token that nobody shall use; that GitLab does not answer is no reason to keep anybody waiting.</summary>
    internal async Task RevokeAsync(UserId user, string accessToken, CancellationToken cancel)
    {
        try
        {
            await _gitLab.RevokeAsync(user.Instance, accessToken, _options.ClientId, _options.ClientSecret, cancel);
        }
        catch (GitLabUnavailableException fault)
        {
            NotRevoked(_logger, user.Number, fault.Message);
        }
    }

    private async Task<PersonToken?> RefreshAsync(string session, UserId user, CancellationToken cancel)
    {
        if (await _tickets.FindAsync(session, cancel) is not { } ticket || ActingGrant.Of(ticket.Properties) is not { } grant) return null;
        if (IsFresh(grant)) return new PersonToken(grant.AccessToken);
        if (grant.RefreshToken.Length == 0) return null;
        if (await _gitLab.RefreshAsync(user.Instance, grant.RefreshToken, _options.ClientId, _options.ClientSecret, cancel) is not { } renewed) return null;
        new ActingGrant(renewed.AccessToken, renewed.RefreshToken, _time.GetUtcNow() + renewed.ExpiresIn, grant.Until).WriteTo(ticket.Properties);
        // What was used is gone at GitLab, so the new one is kept even when the caller has left.
        await _tickets.SaveAsync(session, ticket, CancellationToken.None);
        return new PersonToken(renewed.AccessToken);
    }

    private async Task<ActingGrant?> GrantAsync(string session, UserId user, CancellationToken cancel) =>
        await _tickets.FindAsync(session, cancel) is { } ticket && ticket.Principal.User() == user ? ActingGrant.Of(ticket.Properties) : null;

    private bool IsFresh(ActingGrant grant) => _time.GetUtcNow() + Early < grant.ExpiresAt;

    private AuditEntry Entry(UserId user, string what, string? why, string? after) =>
        new(_time.GetUtcNow(), user.Instance, PortalClaims.OwnerOf(user), what, string.Create(CultureInfo.InvariantCulture, $"user/{user}"), why, null, after);

    private static (string Session, UserId User)? Session(ClaimsPrincipal person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.FindFirstValue(PortalClaims.Session) is { } session && person.User() is { } user ? (session, user) : null;
    }

    [LoggerMessage(5121, LogLevel.Warning, "The token by which user {User} let the portal act is forgotten, but GitLab could not be told: {Why}")]
    private static partial void NotRevoked(ILogger logger, long user, string why);
}
