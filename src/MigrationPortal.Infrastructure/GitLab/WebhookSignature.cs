using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>The two proofs of a webhook: GitLab 19's signature, and the plain secret of all versions (gitlab-api.md 5.3).</summary>
internal static class WebhookSignature
{
    /// <summary>An older signature may be a replay; GitLab itself gives up after 10 seconds.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public const int HashLength = SHA256.HashSizeInBytes;

    /// <param name="signatures">One or more <c>v1,base64</c>, separated by spaces: keys are rotated so.</param>
    public static bool IsSigned(byte[] key, string id, string timestamp, string signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return false;
        if ((now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Window) return false;
        var expected = Encoding.ASCII.GetBytes(Sign(key, id, timestamp, body));
        var matched = false;
        foreach (var one in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            matched |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(one));
        return matched;
    }

    /// <returns><c>v1,base64</c>, as the Standard Webhooks say (standardwebhooks.com), after which GitLab 19 signs too.</returns>
    public static string Sign(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }

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
