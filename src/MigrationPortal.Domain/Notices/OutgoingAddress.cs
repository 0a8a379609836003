using System.Net;

namespace MigrationPortal.Domain.Notices;

/// <summary>Addresses that the portal may be told to call. What a name leads to is looked at again when it is called.</summary>
public static class OutgoingAddress
{
    private const int Longest = 2000;

    /// <returns>A sentence that does not hold the address; null when it may be stored.</returns>
    public static string? Problem(string? text)
    {
        if (text is null || text.Length > Longest || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return "Needed: an address that begins with https:// or http:// (its value is not shown).";
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0) return "Holds a user name or a fragment: leave it out.";
        return IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? ReservedAddress.Why(address) : null;
    }
}
