using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Simulator;

/// <summary>Authorization codes: good once, for ten minutes of real time. Not kept over restarts.</summary>
internal sealed class CodeBook(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Grant> grants = new(StringComparer.Ordinal);

    public string Issue(AuthorizationRequest request, string username, string instance)
    {
        foreach (var (code, old) in grants)
        {
            if (old.Until < time.GetUtcNow())
            {
                grants.TryRemove(code, out _);
            }
        }

        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        grants[text] = new Grant(request, username, instance, time.GetUtcNow() + Life);
        return text;
    }

    /// <summary>The grant behind a code, taken out; null when unknown, used, too old, for another client address, or
    /// without the proof that was promised.</summary>
    public Grant? Redeem(string? code, string? redirectUri, string? verifier, string instance) =>
        code is not null
        && grants.TryRemove(code, out var grant)
        && grant.Until >= time.GetUtcNow()
        && grant.Instance == instance
        && grant.Request.RedirectUri == redirectUri
        && Proven(grant.Request, verifier)
            ? grant
            : null;

    private static bool Proven(AuthorizationRequest request, string? verifier) => request.CodeChallenge switch
    {
        null => true,
        _ when verifier is null => false,
        var challenge => CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(challenge),
            Encoding.ASCII.GetBytes(request.CodeChallengeMethod == "S256"
                ? Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))
                : verifier)),
    };

    internal sealed record Grant(AuthorizationRequest Request, string Username, string Instance, DateTimeOffset Until);
}
