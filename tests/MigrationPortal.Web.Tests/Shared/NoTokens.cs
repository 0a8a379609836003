using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Tests.Shared;

/// <summary>Nobody has an API token.</summary>
internal sealed class NoTokens : ITokenStore
{
    public Task<IReadOnlyDictionary<long, ApiToken>> FindAsync(IReadOnlyCollection<long> ids, CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<long, ApiToken>>(new Dictionary<long, ApiToken>());

    public Task<(ApiToken Token, string Secret)> CreateAsync(NewToken wanted, DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ApiToken> EnsureAsync(string secret, NewToken wanted, DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ApiToken?> AuthenticateAsync(string secret, DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<ApiToken>> ListAsync(Actor owner, DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<Actor>> OwnersAsync(DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> RevokeAsync(long id, Actor owner, DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();
}
