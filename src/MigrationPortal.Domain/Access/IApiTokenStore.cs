using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Access;

/// <summary>Where API tokens are kept, by the hash of their secret.</summary>
public interface IApiTokenStore
{
    /// <summary>Adds a token; its <see cref="ApiToken.Id"/> is given by the store.</summary>
    /// <returns>The stored token, or the one that already has this hash (so two replicas may both bring the bootstrap token).</returns>
    Task<ApiToken> AddAsync(ApiToken token, byte[] hash, CancellationToken cancel);

    /// <summary>Also a revoked or expired one: the caller asks <see cref="ApiToken.IsUsable"/>.</summary>
    Task<ApiToken?> FindAsync(byte[] hash, CancellationToken cancel);

    /// <summary>Newest first; with an owner only the owner's.</summary>
    Task<IReadOnlyList<ApiToken>> NewestAsync(UserId? owner, int limit, long? before, CancellationToken cancel);

    /// <param name="owner">When given, another owner's token is not found.</param>
    /// <returns>False when there is no such usable token.</returns>
    Task<bool> RevokeAsync(long id, UserId? owner, DateTimeOffset at, CancellationToken cancel);

    /// <summary>Notes the last use; callers ask at most once a minute and token.</summary>
    Task TouchAsync(long id, DateTimeOffset at, CancellationToken cancel);
}
