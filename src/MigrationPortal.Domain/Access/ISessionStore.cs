using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Access;

/// <summary>
/// Signed-in sessions on the server, so that the browser holds a key and no GitLab token, and every replica knows
/// them. The ticket is already encrypted when it arrives here.
/// </summary>
public interface ISessionStore
{
    /// <summary>Adds or replaces.</summary>
    Task SaveAsync(StoredSession session, CancellationToken cancel);

    /// <summary>Null when it is not there or has expired.</summary>
    Task<StoredSession?> FindAsync(string key, DateTimeOffset now, CancellationToken cancel);

    Task RemoveAsync(string key, CancellationToken cancel);

    /// <returns>How many had expired.</returns>
    Task<int> RemoveExpiredAsync(DateTimeOffset now, CancellationToken cancel);
}

/// <param name="Key">SHA-256 of the browser's session key, lower-case hex: a database dump opens no session.</param>
public sealed record StoredSession(string Key, UserId User, byte[] Ticket, DateTimeOffset ExpiresAt);
