using System.Net;
using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Domain.Clusters;

/// <summary>Addresses of API servers that the portal may be told to call. Private networks and the portal's own machine are fine: clusters live there.</summary>
public static class ServerAddress
{
    public const string WhyNotInsecure = "Whoever sits between would get the token, and with it the cluster. Give the cluster's CA instead: kubectl config view --minify --flatten --raw shows it.";

    private const int Longest = 500;

    /// <returns>A sentence with the remedy; null when it may be stored.</returns>
    public static string? Problem(string? text, ClusterRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (text is null || text.Length > Longest || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return "Needed: the address of the API server, such as https://10.0.0.1:6443.";
        if (url.Scheme != "https" && !url.IsLoopback && !rules.PlainHosts.Contains(url.Host)) return $"Must begin with https://: a token does not travel in the clear, unless Portal:Clusters:PlainHosts names {url.Host}.";
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0 || url.Query.Length > 0) return "Holds a user name, a query or a fragment: leave it out.";
        return IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? ReservedAddress.Why(address) : null;
    }
}
