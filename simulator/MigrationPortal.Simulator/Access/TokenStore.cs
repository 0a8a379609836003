using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>All access tokens of both instances, by the hash of their text. Written through to the journal, so that a
/// restart signs nobody out.</summary>
internal sealed class TokenStore(SimulatorSettings settings, Journal journal, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, AccessToken> tokens = new(StringComparer.Ordinal);
    private int lastId;

    public string AdminToken { get; } = settings.AdminToken ?? Derive(settings.Seed, "administrator");

    public string ReadToken { get; } = settings.ReadToken ?? Derive(settings.Seed, "reader");

    public string TokenOf(User user) => Derive(settings.Seed, "user " + user.Username);

    /// <summary>Seeds the fixed tokens, then lays what the journal knows over them.</summary>
    public async Task LoadAsync(IEnumerable<User> users, DateTimeOffset since, CancellationToken cancellation)
    {
        var people = users.ToArray();
        var admin = people.First(u => u.IsAdmin);
        Seed(AdminToken, "administrator", admin, since, Scopes.Api, Scopes.ReadUser);
        Seed(ReadToken, "reader", admin, since, Scopes.ReadApi, Scopes.ReadUser);
        foreach (var user in people)
        {
            Seed(TokenOf(user), "personal", user, since, Scopes.Api, Scopes.ReadUser);
        }

        foreach (var (hash, token) in await journal.LoadTokensAsync(cancellation))
        {
            tokens[hash] = token;
            lastId = Math.Max(lastId, token.Id);
        }
    }

    public AccessToken? Find(string text) => tokens.GetValueOrDefault(Hash(text));

    /// <summary>The token's text, told once.</summary>
    public async Task<string> IssueAsync(
        TokenKind kind, string name, User user, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, string? pair = null)
    {
        var text = (kind == TokenKind.Personal ? "glpat-" : "") + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        await SaveAsync(Hash(text), new AccessToken
        {
            Id = Interlocked.Increment(ref lastId),
            Kind = kind,
            Name = name,
            Username = user.Username,
            Scopes = scopes,
            ExpiresAt = expiresAt,
            CreatedAt = time.GetUtcNow(),
            Pair = pair,
        });
        return text;
    }

    /// <summary>False when there is no such token.</summary>
    public async Task<bool> ChangeAsync(string text, Func<AccessToken, AccessToken> change)
    {
        var hash = Hash(text);
        if (!tokens.TryGetValue(hash, out var token))
        {
            return false;
        }

        await SaveAsync(hash, change(token));
        return true;
    }

    /// <summary>Uses a refresh token up and ends the access token given with it; null when it was used, revoked or never given.</summary>
    public async Task<AccessToken?> UseUpAsync(string refreshToken)
    {
        var hash = Hash(refreshToken);
        if (!tokens.TryGetValue(hash, out var token) || token is not { Kind: TokenKind.Refresh, Revoked: false }
            || !tokens.TryUpdate(hash, token with { Revoked = true }, token))
        {
            return null;
        }

        await SaveAsync(hash, token with { Revoked = true });
        await RevokePairAsync(token);
        return token;
    }

    /// <summary>OAuth tokens end together, the access token with its refresh token; a personal one is not OAuth's to end.</summary>
    public async Task RevokeOAuthAsync(string text)
    {
        if (Find(text) is { Kind: not TokenKind.Personal } token)
        {
            await SaveAsync(Hash(text), token with { Revoked = true });
            await RevokePairAsync(token);
        }
    }

    private async Task RevokePairAsync(AccessToken of)
    {
        foreach (var (hash, token) in tokens.Where(one => of.Pair is not null && one.Value.Pair == of.Pair).ToArray())
        {
            await SaveAsync(hash, token with { Revoked = true });
        }
    }

    private async Task SaveAsync(string hash, AccessToken token)
    {
        tokens[hash] = token;
        await journal.SaveTokenAsync(hash, token);
    }

    private void Seed(string text, string name, User user, DateTimeOffset since, params string[] scopes)
    {
        tokens[Hash(text)] = new AccessToken
        {
            Id = ++lastId,
            Kind = TokenKind.Personal,
            Name = name,
            Username = user.Username,
            Scopes = scopes,
            CreatedAt = since,
        };
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Made from the seed, so that a demo's printed token stays good over restarts without being written anywhere.
    private static string Derive(int seed, string purpose) =>
        "glpat-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"simulator {seed} {purpose}")))[..20];
}
