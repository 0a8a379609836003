using System.Security.Cryptography;

namespace MigrationPortal.Domain.Shared;

/// <summary>A key of the Standard Webhooks scheme (standardwebhooks.com), as GitLab 19 uses it too: <c>whsec_</c> and base64.</summary>
public static class SigningSecret
{
    /// <summary>Shorter ones are guessed.</summary>
    public const int FewestBytes = 16;

    private const string Prefix = "whsec_";
    private const int MostBytes = 64;

    public static string Make() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <returns>Null when it is not one.</returns>
    public static byte[]? Key(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) ? key[..length] : null;
    }

    public static bool IsStrong(string secret) => Key(secret) is { Length: >= FewestBytes and <= MostBytes };
}
