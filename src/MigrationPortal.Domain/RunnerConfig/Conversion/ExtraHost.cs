using System.Net;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>An entry of docker's <c>extra_hosts</c>: <c>name:address</c>, the address being IPv4, IPv6 (also in brackets) or <c>host-gateway</c> (moby, <c>opts/hosts.go</c>).</summary>
internal sealed record ExtraHost(string Name, string Address)
{
    public bool IsGateway => Address == "host-gateway";

    /// <summary>Canonical; null: none.</summary>
    public string? Ip => IPAddress.TryParse(Address, out var ip) && (Address.Contains(':', StringComparison.Ordinal) || Address.Count(c => c == '.') == 3) ? ip.ToString() : null;

    public static ExtraHost? Read(string text)
    {
        var cut = text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? equals : text.IndexOf(':', StringComparison.Ordinal);
        if (cut <= 0) return null;
        var address = text[(cut + 1)..].Trim();
        if (address.StartsWith('[') && address.EndsWith(']')) address = address[1..^1];
        return new(text[..cut].Trim(), address);
    }
}
