using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>The plain secret of a webhook, which GitLab of all versions sends (gitlab-api.md 5.3). GitLab 19's signature is <see cref="Domain.Shared.MessageSignature"/>.</summary>
internal static class WebhookSecret
{
    public const int HashLength = SHA256.HashSizeInBytes;

    public static byte[] Hash(string secret)
    {
        var hash = new byte[HashLength];
        Hash(secret, hash);
        return hash;
    }

    public static void Hash(string secret, Span<byte> hash) => SHA256.HashData(Encoding.UTF8.GetBytes(secret), hash);

    /// <summary>Of two hashes, so that not even the secret's length leaks.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> given) => CryptographicOperations.FixedTimeEquals(secret, given);
}
