using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>A signed-in person's GitLab token, refreshed when it ends; for pages, endpoints and the session's own recheck.</summary>
internal sealed partial class UserSessions(
    SessionTickets tickets,
    IGitLabIdentity gitLab,
    SessionTurns turns,
    IOptions<SignInOptions> options,
    TimeProvider time,
    ILogger<UserSessions> logger)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    /// <returns>Null when the person has to sign in again.</returns>
    /// <exception cref="GitLabUnavailableException">The token ended and GitLab does not answer.</exception>
    public async Task<string?> AccessTokenAsync(ClaimsPrincipal person, CancellationToken cancel)
    {
        if (person.FindFirstValue(PortalClaims.Session) is not { } session || person.User() is not { } user) return null;
        if (await tickets.FindAsync(session, cancel) is not { } ticket) return null;
        if (Fresh(ticket)) return ticket.Properties.GetTokenValue("access_token");

        // A refresh token works once: of many requests and replicas one refreshes, the others wait for its result.
        return await turns.TakeAsync<string?>(session, user.Instance, () => RefreshAsync(session, user.Instance, cancel), async () =>
            await tickets.FindAsync(session, cancel) is { } again ? (Fresh(again), again.Properties.GetTokenValue("access_token")) : (true, null), cancel);
    }

    private async Task<string?> RefreshAsync(string session, InstanceId instance, CancellationToken cancel)
    {
        if (await tickets.FindAsync(session, cancel) is not { } ticket) return null;
        if (Fresh(ticket)) return ticket.Properties.GetTokenValue("access_token");
        if (ticket.Properties.GetTokenValue("refresh_token") is not { Length: > 0 } refresh) return null;
        var renewed = await gitLab.RefreshAsync(instance, refresh, options.Value.ClientId, options.Value.ClientSecret, cancel);
        if (renewed is null)
        {
            RefreshRefused(logger, ticket.Principal.User()!.Value.Number);
            return null;
        }

        ticket.Properties.StoreTokens(
        [
            new AuthenticationToken { Name = "access_token", Value = renewed.AccessToken },
            new AuthenticationToken { Name = "refresh_token", Value = renewed.RefreshToken },
            new AuthenticationToken { Name = "expires_at", Value = Write(time.GetUtcNow() + renewed.ExpiresIn) },
        ]);
        // What was used is gone at GitLab, so the new one is kept even when the caller has left.
        await tickets.SaveAsync(session, ticket, CancellationToken.None);
        return renewed.AccessToken;
    }

    private bool Fresh(AuthenticationTicket ticket) =>
        DateTimeOffset.TryParse(ticket.Properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var ends)
        && time.GetUtcNow() + Early < ends;

    /// <summary>Sortable as text, because two tickets are compared by it.</summary>
    internal static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(5101, LogLevel.Information, "GitLab refused to refresh the token of user {User}: signed out")]
    private static partial void RefreshRefused(ILogger logger, long user);
}
