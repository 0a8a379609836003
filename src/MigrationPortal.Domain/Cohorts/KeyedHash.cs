using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>
/// The place of a project in a cohort's draw, and its coin: HMAC-SHA256 (RFC 2104, FIPS 198-1) with the ASCII text of the
/// cohort's seed as the key, over <c>domain:instance:project</c>; its first 8 bytes, big endian, are the number. Whoever knows
/// the seed computes the same: <c>printf 'cohort:production:7' | openssl dgst -sha256 -hmac SEED</c>.
/// </summary>
public static class KeyedHash
{
    /// <summary>Of the order in which a cohort takes projects.</summary>
    public const string Draw = "cohort";

    /// <summary>Of the coin after consent: says nothing about the order, and the order nothing about it.</summary>
    public const string Coin = "coin";

    public const int ShortestSeed = 16;
    public const int LongestSeed = 128;

    /// <summary>128 random bits in hexadecimal.</summary>
    public static string NewSeed() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Letters, digits, hyphens and dots, so that it means the same in every shell and encoding.</summary>
    public static bool IsSeed(string? text) =>
        text is { Length: >= ShortestSeed and <= LongestSeed } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.');

    /// <param name="domain"><see cref="Draw"/> or <see cref="Coin"/>.</param>
    public static ulong Of(string seed, string domain, ProjectId project) => Of(seed, domain, project.Instance, project.Number);

    /// <summary>The same of a job, over <c>domain:instance:job</c>.</summary>
    public static ulong OfJob(string seed, string domain, JobId job) => Of(seed, domain, job.Instance, job.Number);

    private static ulong Of(string seed, string domain, InstanceId instance, long number)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"{domain}:{instance.Name}:{number}");
        return BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(Encoding.ASCII.GetBytes(seed), Encoding.UTF8.GetBytes(message)));
    }
}
