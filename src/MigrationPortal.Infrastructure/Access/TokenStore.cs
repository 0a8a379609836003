using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Access;

internal sealed class TokenStore(Database database) : ITokenStore
{
    private const string Prefix = "mp_";
    private static readonly TimeSpan UseNotedEvery = TimeSpan.FromMinutes(1);

    public async Task<(ApiToken Token, string Secret)> CreateAsync(NewToken wanted, DateTimeOffset now, CancellationToken cancel)
    {
        var secret = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var token = await database.WithContextAsync(context => AddAsync(context, secret, wanted, now, cancel), cancel);
        return (token, secret);
    }

    public async Task<ApiToken> EnsureAsync(string secret, NewToken wanted, DateTimeOffset now, CancellationToken cancel)
    {
        var token = await FindOrAddAsync(secret, wanted, now, cancel);
        // Whoever goes back to an earlier secret means it.
        await database.WithContextAsync(
            context => context.Tokens.Where(row => row.Id == token.Id && row.RevokedAt != null)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.RevokedAt, (DateTimeOffset?)null), cancel),
            cancel);
        await database.WithContextAsync(
            context => context.Tokens.Where(row => row.Name == wanted.Name && row.Owner == wanted.Owner && row.Id != token.Id && row.RevokedAt == null)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.RevokedAt, now), cancel),
            cancel);
        return token;
    }

    private async Task<ApiToken> FindOrAddAsync(string secret, NewToken wanted, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            return await database.WithContextAsync(
                async context => await FindAsync(context, secret, cancel) is { } there ? Read(there) : await AddAsync(context, secret, wanted, now, cancel),
                cancel);
        }
        catch (DbUpdateException)
        {
            // Two replicas started together and the other one added it.
            return await database.WithContextAsync(
                async context => await FindAsync(context, secret, cancel) is { } there ? Read(there) : throw new InvalidOperationException("The bootstrap token is neither there nor can it be added."),
                cancel);
        }
    }

    public Task<ApiToken?> AuthenticateAsync(string secret, DateTimeOffset now, CancellationToken cancel) => database.WithContextAsync(
        async context =>
        {
            var row = await FindAsync(context, secret, cancel);
            if (row is null || row.RevokedAt is not null || row.ExpiresAt <= now) return null;
            if (row.LastUsedAt is null || now - row.LastUsedAt >= UseNotedEvery)
                await context.Tokens.Where(one => one.Id == row.Id).ExecuteUpdateAsync(one => one.SetProperty(token => token.LastUsedAt, now), cancel);
            return Read(row);
        },
        cancel);

    public Task<IReadOnlyList<ApiToken>> ListAsync(Actor owner, DateTimeOffset now, CancellationToken cancel) =>
        database.WithContextAsync<IReadOnlyList<ApiToken>>(
            async context => (await context.Tokens.AsNoTracking()
                    .Where(row => row.Owner == owner && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now))
                    .OrderByDescending(row => row.Id).ToListAsync(cancel))
                .ConvertAll(Read),
            cancel);

    public Task<IReadOnlyDictionary<long, ApiToken>> FindAsync(IReadOnlyCollection<long> ids, CancellationToken cancel) => database.WithContextAsync<IReadOnlyDictionary<long, ApiToken>>(
        async context => (await context.Tokens.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancel)).ToDictionary(row => row.Id, Read),
        cancel);

    public Task<IReadOnlyList<Actor>> OwnersAsync(DateTimeOffset now, CancellationToken cancel) => database.WithContextAsync<IReadOnlyList<Actor>>(
        async context => await context.Tokens.AsNoTracking().Where(row => row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now))
            .Select(row => row.Owner).Distinct().ToListAsync(cancel),
        cancel);

    public Task<bool> RevokeAsync(long id, Actor owner, DateTimeOffset now, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Tokens.Where(row => row.Id == id && row.Owner == owner && row.RevokedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.RevokedAt, now), cancel) > 0,
        cancel);

    private static async Task<ApiToken> AddAsync(PortalDbContext context, string secret, NewToken wanted, DateTimeOffset now, CancellationToken cancel)
    {
        var row = new TokenRow
        {
            Name = wanted.Name,
            Owner = wanted.Owner,
            Scopes = [.. wanted.Scopes.Distinct().Order().Select(scope => scope.ToString())],
            SecretHash = HashOf(secret),
            CreatedAt = now,
            ExpiresAt = wanted.ExpiresAt,
        };
        context.Tokens.Add(row);
        await context.SaveChangesAsync(cancel);
        return Read(row);
    }

    private static Task<TokenRow?> FindAsync(PortalDbContext context, string secret, CancellationToken cancel)
    {
        var hash = HashOf(secret);
        return context.Tokens.AsNoTracking().FirstOrDefaultAsync(row => row.SecretHash == hash, cancel);
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static ApiToken Read(TokenRow row) => new(
        row.Id, row.Name, row.Owner, Array.ConvertAll(row.Scopes, Enum.Parse<TokenScope>), row.CreatedAt, row.ExpiresAt, row.LastUsedAt);
}
