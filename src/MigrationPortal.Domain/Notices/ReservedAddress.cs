using System.Net;

namespace MigrationPortal.Domain.Notices;

/// <summary>
/// Where no webhook may lead, whatever name leads there: metadata services of clouds (which hand out credentials), and
/// addresses that are no host's. Private networks are allowed, because there the receivers of a closed network live.
/// </summary>
public static class ReservedAddress
{
    private static readonly IPNetwork[] Never =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        // Link-local: 169.254.169.254 is the metadata address of AWS, Azure, Google Cloud, OpenStack.
        IPNetwork.Parse("169.254.0.0/16"),
        // Alibaba's and Oracle's metadata addresses, and that of AWS over IPv6.
        IPNetwork.Parse("100.100.100.200/32"),
        IPNetwork.Parse("192.0.0.192/32"),
        IPNetwork.Parse("fd00:ec2::254/128"),
        IPNetwork.Parse("fe80::/10"),
        // Multicast, reserved and broadcast.
        IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("ff00::/8"),
        IPNetwork.Parse("::/128"),
    ];

    /// <returns>The reason in a sentence; null when it may be called.</returns>
    public static string? Why(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(Never, one => one.Contains(plain))
            ? "Leads to a link-local, metadata or reserved address, which the portal never calls."
            : null;
    }

    /// <summary>The machine of the portal itself: only where the settings allow it.</summary>
    public static bool IsOwn(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }
}
