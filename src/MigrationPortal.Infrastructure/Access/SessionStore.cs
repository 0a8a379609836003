using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Access;

internal sealed class SessionStore(Database database) : ISessionStore
{
    public Task SaveAsync(StoredSession session, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO sessions (key, instance, user_number, ticket, expires_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (key) DO UPDATE
        SET instance = excluded.instance, user_number = excluded.user_number, ticket = excluded.ticket, expires_at = excluded.expires_at
        """,
        values =>
        {
            values.AddWithValue(session.Key);
            values.AddWithValue(session.User.Instance.Name);
            values.AddWithValue(session.User.Number);
            values.AddWithValue(session.Ticket);
            values.AddWithValue(session.ExpiresAt.ToUniversalTime());
        },
        cancel);

    public Task<StoredSession?> FindAsync(string key, DateTimeOffset now, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Sessions.AsNoTracking().FirstOrDefaultAsync(row => row.Key == key && row.ExpiresAt > now, cancel) is { } row
            ? new StoredSession(row.Key, new UserId(row.Instance, row.UserNumber), row.Ticket, row.ExpiresAt)
            : null,
        cancel);

    public Task RemoveAsync(string key, CancellationToken cancel) => database.WithContextAsync(
        context => context.Sessions.Where(row => row.Key == key).ExecuteDeleteAsync(cancel), cancel);

    public Task<int> RemoveExpiredAsync(DateTimeOffset now, CancellationToken cancel) => database.WithContextAsync(
        context => context.Sessions.Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(cancel), cancel);
}
