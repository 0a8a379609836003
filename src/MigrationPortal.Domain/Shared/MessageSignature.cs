using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Domain.Shared;

/// <summary>Signatures of the Standard Webhooks scheme (standardwebhooks.com), out and in: over id, time and body.</summary>
public static class MessageSignature
{
    /// <summary>An older signature may be a replay.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <param name="signatures">One or more <c>v1,base64</c>, separated by spaces: keys are rotated so.</param>
    public static bool IsSigned(byte[] key, string id, string timestamp, string signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        if (SentAt(timestamp) is not { } sent || (now - sent).Duration() > Window) return false;
        var expected = Encoding.ASCII.GetBytes(Sign(key, id, timestamp, body));
        var matched = false;
        foreach (var one in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            matched |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(one));
        return matched;
    }

    /// <returns><c>v1,base64</c>.</returns>
    public static string Sign(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <param name="timestamp">Whole seconds since 1970.</param>
    public static DateTimeOffset? SentAt(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
