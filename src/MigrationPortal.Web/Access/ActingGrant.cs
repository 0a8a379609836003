using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace MigrationPortal.Web.Access;

/// <summary>
/// What a person's second consent brought, inside the session's encrypted ticket and apart from the tokens of sign-in. No
/// record: it would print its tokens.
/// </summary>
internal sealed class ActingGrant(string accessToken, string refreshToken, DateTimeOffset expiresAt, DateTimeOffset until)
{
    private const string Access = "acting.access";
    private const string Refresh = "acting.refresh";
    private const string Expires = "acting.expires";
    private const string Ends = "acting.until";
    private static readonly string[] All = [Access, Refresh, Expires, Ends];

    public string AccessToken { get; } = accessToken;

    public string RefreshToken { get; } = refreshToken;

    /// <summary>When GitLab ends the access token.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>When the portal forgets it all, refreshed or not.</summary>
    public DateTimeOffset Until { get; } = until;

    public static ActingGrant? Of(AuthenticationProperties ticket) =>
        Text(ticket, Access) is { } access && Time(ticket, Expires) is { } expires && Time(ticket, Ends) is { } until
            ? new ActingGrant(access, Text(ticket, Refresh) ?? "", expires, until)
            : null;

    public void WriteTo(AuthenticationProperties ticket)
    {
        ticket.Items[Access] = AccessToken;
        ticket.Items[Refresh] = RefreshToken;
        ticket.Items[Expires] = UserSessions.Write(ExpiresAt);
        ticket.Items[Ends] = UserSessions.Write(Until);
    }

    public static void Remove(AuthenticationProperties ticket)
    {
        foreach (var name in All) ticket.Items.Remove(name);
    }

    /// <summary>The stored ticket is right: a request that began before may hold an older grant, or one that has ended.</summary>
    public static void Carry(AuthenticationProperties stored, AuthenticationProperties ticket)
    {
        Remove(ticket);
        Of(stored)?.WriteTo(ticket);
    }

    private static string? Text(AuthenticationProperties ticket, string name) => ticket.Items.TryGetValue(name, out var text) && text is { Length: > 0 } ? text : null;

    private static DateTimeOffset? Time(AuthenticationProperties ticket, string name) =>
        DateTimeOffset.TryParse(Text(ticket, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
