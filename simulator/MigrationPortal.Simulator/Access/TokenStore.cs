using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>All access tokens, each of one of the two instances, by the hash of their text. Written through to the journal, so that a
/// restart signs nobody out.</summary>
internal sealed class TokenStore(SimulatorSettings settings, Journal journal, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, AccessToken> tokens = new(StringComparer.Ordinal);
    private int lastId;

    public const string Production = "production";

    public string AdminToken(string instance) =>
        (instance == Production ? settings.AdminToken : settings.QaAdminToken) ?? Derive(settings.Seed, instance, "administrator");

    public string ReadToken(string instance) =>
        (instance == Production ? settings.ReadToken : settings.QaReadToken) ?? Derive(settings.Seed, instance, "reader");

    public string TokenOf(string instance, User user) => Derive(settings.Seed, instance, "user " + user.Username);

    /// <summary>Seeds the fixed tokens, then lays what the journal knows over them.</summary>
    public async Task LoadAsync(IEnumerable<Instance> instances, DateTimeOffset since, CancellationToken cancellation)
    {
        foreach (var (name, people) in instances.Select(one => (one.Name, one.Do(world => world.Directory.Users.ToArray()))))
        {
            var admin = people.First(u => u.IsAdmin);
            Seed(name, AdminToken(name), "administrator", admin, since, Scopes.Api, Scopes.ReadUser);
            Seed(name, ReadToken(name), "reader", admin, since, Scopes.ReadApi, Scopes.ReadUser);
            foreach (var user in people)
            {
                Seed(name, TokenOf(name, user), "personal", user, since, Scopes.Api, Scopes.ReadUser);
            }
        }

        foreach (var (hash, token) in await journal.LoadTokensAsync(cancellation))
        {
            tokens[hash] = token;
            lastId = Math.Max(lastId, token.Id);
        }
    }

    public AccessToken? Find(string instance, string text) =>
        tokens.GetValueOrDefault(Hash(text)) is { } token && token.Instance == instance ? token : null;

    /// <summary>The token's text, told once.</summary>
    public async Task<string> IssueAsync(
        string instance, TokenKind kind, string name, User user, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, string? pair = null)
    {
        var text = (kind == TokenKind.Personal ? "glpat-" : "") + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        await SaveAsync(Hash(text), new AccessToken
        {
            Id = Interlocked.Increment(ref lastId),
            Instance = instance,
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
    public async Task<AccessToken?> UseUpAsync(string instance, string refreshToken)
    {
        var hash = Hash(refreshToken);
        if (!tokens.TryGetValue(hash, out var token) || token is not { Kind: TokenKind.Refresh, Revoked: false } || token.Instance != instance
            || !tokens.TryUpdate(hash, token with { Revoked = true }, token))
        {
            return null;
        }

        await SaveAsync(hash, token with { Revoked = true });
        await RevokePairAsync(token);
        return token;
    }

    /// <summary>OAuth tokens end together, the access token with its refresh token; a personal one is not OAuth's to end.</summary>
    public async Task RevokeOAuthAsync(string instance, string text)
    {
        if (Find(instance, text) is { Kind: not TokenKind.Personal } token)
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

    private void Seed(string instance, string text, string name, User user, DateTimeOffset since, params string[] scopes)
    {
        tokens[Hash(text)] = new AccessToken
        {
            Id = ++lastId,
            Instance = instance,
            Kind = TokenKind.Personal,
            Name = name,
            Username = user.Username,
            Scopes = scopes,
            CreatedAt = since,
        };
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Made from the seed, so that a demo's printed token stays good over restarts without being written anywhere.
    private static string Derive(int seed, string instance, string purpose) =>
        "glpat-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{instance} {seed} {purpose}")))[..20];
}
