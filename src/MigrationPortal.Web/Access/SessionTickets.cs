using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using MigrationPortal.Domain.Access;

namespace MigrationPortal.Web.Access;

/// <summary>Keeps the ticket with its GitLab tokens on the server, encrypted; the browser holds a random key.</summary>
internal sealed class SessionTickets(
    IServiceScopeFactory scopes,
    IDataProtectionProvider protection,
    IOptions<SignInOptions> options,
    TimeProvider time) : ITicketStore
{
    private readonly IDataProtector _protector = protection.CreateProtector("MigrationPortal.Session.v1");

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        // Live pages know their session by the stored name, which opens nothing.
        ((ClaimsIdentity)ticket.Principal.Identity!).AddClaim(new Claim(PortalClaims.Session, NameOf(key)));
        await SaveAsync(NameOf(key), ticket, CancellationToken.None);
        return key;
    }

    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        // Whoever signs in again in the same browser keeps the key: also as somebody else, who gets nothing of the former one.
        if (ticket.Principal.FindFirst(PortalClaims.Session) is null) ((ClaimsIdentity)ticket.Principal.Identity!).AddClaim(new Claim(PortalClaims.Session, NameOf(key)));
        if (await FindAsync(NameOf(key), CancellationToken.None) is { } stored && stored.Principal.User() == ticket.Principal.User())
        {
            // Another request may have refreshed the tokens since this one read them; a used refresh token is worthless.
            if (string.CompareOrdinal(stored.Properties.GetTokenValue("expires_at"), ticket.Properties.GetTokenValue("expires_at")) > 0)
                ticket.Properties.StoreTokens(stored.Properties.GetTokens());
            ActingGrant.Carry(stored.Properties, ticket.Properties);
        }
        await SaveAsync(NameOf(key), ticket, CancellationToken.None);
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => FindAsync(NameOf(key), CancellationToken.None);

    public async Task RemoveAsync(string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISessionStore>().RemoveAsync(NameOf(key), CancellationToken.None);
    }

    /// <summary>Null when it ended, or was encrypted with keys that are gone: the person signs in again.</summary>
    internal async Task<AuthenticationTicket?> FindAsync(string name, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<ISessionStore>().FindAsync(name, time.GetUtcNow(), cancel);
        if (stored is null) return null;
        try
        {
            return TicketSerializer.Default.Deserialize(_protector.Unprotect(stored.Ticket));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal async Task SaveAsync(string name, AuthenticationTicket ticket, CancellationToken cancel)
    {
        var user = ticket.Principal.User() ?? throw new InvalidOperationException("A session without a GitLab user.");
        var expires = ticket.Properties.ExpiresUtc ?? time.GetUtcNow() + options.Value.SessionLifetime;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISessionStore>().SaveAsync(
            new StoredSession(name, user, _protector.Protect(TicketSerializer.Default.Serialize(ticket)), expires), cancel);
    }

    private static string NameOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
