using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace MigrationPortal.Domain.Clusters;

/// <summary>Stored by name: never rename one.</summary>
public enum ConnectionKind
{
    Kubeconfig,

    /// <summary>The portal runs in that cluster and uses its own service account.</summary>
    InCluster,

    /// <summary>Server, bearer token and CA.</summary>
    Token,
}

/// <summary>What may be shown of a way into a cluster. Stored: names here are promises.</summary>
/// <param name="Server">Host and port.</param>
/// <param name="Context">Of a kubeconfig, else null.</param>
/// <param name="User">The name of the user in the kubeconfig, or the subject of the token; null when neither says.</param>
/// <param name="Authentication">How it signs in, in words: <c>token</c>, <c>client certificate</c>, <c>exec aws</c>.</param>
/// <param name="CaFingerprint">SHA-256 of the cluster's CA in lower-case hex; null when the system's authorities are trusted.</param>
/// <param name="ExpiresAt">Of the client certificate or of a token in JWT form, where either says.</param>
public sealed record ConnectionFacts(
    ConnectionKind Kind, string Server, string? Context, string? User, string Authentication, string? CaFingerprint, DateTimeOffset? ExpiresAt)
{
    public static ConnectionFacts Of(ClusterAccess access) => access switch
    {
        ClusterAccess.Token token => new(
            ConnectionKind.Token, Host(token.Server), null, Claim(token.Bearer, "sub"), "token", FingerprintOf(token.CaPem), ExpiryOf(token.Bearer)),
        ClusterAccess.Kubeconfig file => Kubeconfig.Read(file.Text).Facts(file.Context),
        _ => new(ConnectionKind.InCluster, "in-cluster", null, null, "service account of the portal", null, null),
    };

    internal static string Host(string server) => Uri.TryCreate(server, UriKind.Absolute, out var url) ? url.Authority : "not readable";

    /// <returns>Null when the text holds no certificate.</returns>
    internal static string? FingerprintOf(string? pem)
    {
        if (Certificates(pem) is not { Count: > 0 } found) return null;
        using var first = found[0];
        return first.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();
    }

    internal static DateTimeOffset? CertificateExpiry(string? pem)
    {
        if (Certificates(pem) is not { Count: > 0 } found) return null;
        using var first = found[0];
        return new DateTimeOffset(first.NotAfter.ToUniversalTime(), TimeSpan.Zero);
    }

    internal static bool HoldsCertificate(string? pem) => Certificates(pem).Count > 0;

    internal static DateTimeOffset? ExpiryOf(string? token) =>
        long.TryParse(Claim(token, "exp"), out var seconds) && seconds is > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>A claim of a token in JWT form; it is not verified: this is for showing.</summary>
    internal static string? Claim(string? token, string name)
    {
        if (token?.Split('.') is not [_, var payload, _]) return null;
        try
        {
            using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(payload.TrimEnd('=')));
            return claims.RootElement.ValueKind == JsonValueKind.Object && claims.RootElement.TryGetProperty(name, out var value)
                ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
                : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return null;
        }
    }

    private static X509Certificate2Collection Certificates(string? pem)
    {
        var found = new X509Certificate2Collection();
        try
        {
            if (pem is not null) found.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            found.Clear();
        }

        return found;
    }
}
