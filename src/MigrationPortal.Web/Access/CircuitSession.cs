using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>
/// An open page sends no requests that the session could be checked at: it is asked for here. Whoever signed out
/// elsewhere, was blocked or lost their rights sees the page go within a quarter of a minute, or of <see cref="SignInOptions.RecheckAfter"/>.
/// </summary>
internal sealed class CircuitSession(
    ILoggerFactory logs, SessionTickets tickets, UserSessions sessions, IServiceScopeFactory scopes,
    DatabaseFaults database, IOptions<SignInOptions> options, TimeProvider time) : RevalidatingServerAuthenticationStateProvider(logs)
{
    private DateTimeOffset _asked = time.GetUtcNow();

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(15);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var person = authenticationState.User;
        if (person.User() is not { } user || person.FindFirstValue(PortalClaims.Session) is not { } session) return false;
        try
        {
            var isAdmin = person.IsInRole(PortalClaims.AdminRole);
            if (await tickets.FindAsync(session, cancellationToken) is not { } ticket || ticket.Principal.User() != user || ticket.Principal.IsInRole(PortalClaims.AdminRole) != isAdmin) return false;
            if (_asked + options.Value.RecheckAfter > time.GetUtcNow()) return true;
            _asked = time.GetUtcNow();
            return await StillIsAsync(person, user, isAdmin, cancellationToken);
        }
        catch (Exception away) when (away is GitLabUnavailableException || database.Explain(away) is not null)
        {
            // An outage is when the portal is needed most: what was known last holds.
            return true;
        }
    }

    private async Task<bool> StillIsAsync(ClaimsPrincipal person, UserId user, bool isAdmin, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = await sessions.AccessTokenAsync(person, cancel) is { } token
            ? await scope.ServiceProvider.GetRequiredService<IGitLabIdentity>().WhoAsync(user.Instance, token, cancel)
            : null;
        if (now is null) return false;
        await scope.ServiceProvider.GetRequiredService<IUserDirectory>().SeenAsync(now.Seen(user.Instance, time.GetUtcNow()), cancel);
        return !now.Blocked && now.IsAdmin == isAdmin;
    }
}
