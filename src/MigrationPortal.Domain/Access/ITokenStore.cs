using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Access;

/// <summary>The portal's own API tokens. Only a SHA-256 of the secret is kept; times are real time.</summary>
public interface ITokenStore
{
    /// <summary>Makes a token; the secret (<c>mp_...</c>) is in the answer and nowhere else.</summary>
    Task<(ApiToken Token, string Secret)> CreateAsync(NewToken wanted, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Makes sure that this given secret is a valid token of all scopes: the bootstrap token. Others of its name and owner are revoked: it was rotated. Doing it again changes nothing.</summary>
    Task<ApiToken> EnsureAsync(string secret, NewToken wanted, DateTimeOffset now, CancellationToken cancel);

    /// <summary>The token behind a secret, unless it is revoked or expired; also notes its use (at most once a minute).</summary>
    Task<ApiToken?> AuthenticateAsync(string secret, DateTimeOffset now, CancellationToken cancel);

    /// <returns>Newest first, revoked and expired ones left out.</returns>
    Task<IReadOnlyList<ApiToken>> ListAsync(Actor owner, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Also of those that are revoked or expired; unknown ones are left out.</summary>
    Task<IReadOnlyDictionary<long, ApiToken>> FindAsync(IReadOnlyCollection<long> ids, CancellationToken cancel);

    /// <summary>Who has tokens that are neither revoked nor expired.</summary>
    Task<IReadOnlyList<Actor>> OwnersAsync(DateTimeOffset now, CancellationToken cancel);

    /// <returns>False when the owner has no such token.</returns>
    Task<bool> RevokeAsync(long id, Actor owner, DateTimeOffset now, CancellationToken cancel);
}

/// <param name="Owner">The person (or the portal, for the bootstrap token) that it belongs to.</param>
public sealed record NewToken(string Name, Actor Owner, IReadOnlyList<TokenScope> Scopes, DateTimeOffset? ExpiresAt);

public sealed record ApiToken(
    long Id,
    string Name,
    Actor Owner,
    IReadOnlyList<TokenScope> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt);

/// <summary>Scopes of api.md; stored by name, so never rename one.</summary>
public enum TokenScope
{
    Read,
    SelfService,
    Approve,
    Operate,
    Admin,
}
