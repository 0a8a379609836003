using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Simulator;

/// <summary>The signature of a delivery: HMAC-SHA256 over id, timestamp and body.</summary>
internal static class HookSignature
{
    private const string Prefix = "whsec_";

    /// <summary>The key inside a signing token; null when it is none.</summary>
    public static byte[]? Key(string signingToken)
    {
        var bytes = new byte[signingToken.Length];
        return signingToken.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(signingToken[Prefix.Length..], bytes, out var length)
            && length > 0 ? bytes[..length] : null;
    }

    public static string Of(byte[] key, string id, string timestamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
}
