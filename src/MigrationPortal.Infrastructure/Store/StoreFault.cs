using System.Net.Sockets;
using Npgsql;

namespace MigrationPortal.Infrastructure.Store;

/// <summary>Tells the faults of the database itself from ours, for the one handler and for <c>/health/ready</c>.</summary>
public static class StoreFault
{
    /// <summary>Worth another try at once: a lost connection, a deadlock, a server that restarts.</summary>
    public static bool IsTransient(Exception fault) =>
        Cause(fault) is { } cause && cause.IsTransient && cause.SqlState != PostgresErrorCodes.DiskFull;

    /// <summary>
    /// A sentence for people when the database is away or refuses to write; null when the fault is of another kind.
    /// Nothing is half done then: every write is one transaction.
    /// </summary>
    public static string? Explain(Exception fault) => Cause(fault) switch
    {
        null => null,
        { SqlState: PostgresErrorCodes.DiskFull } => "The database's disk is full: free space there; the portal goes on by itself.",
        { SqlState: PostgresErrorCodes.TooManyConnections } => "The database has no connection left: raise max_connections or lower the pools' sizes.",
        { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "The database is read-only (a standby?): point ConnectionStrings:Portal at the primary.",
        { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            "The database refuses the portal's user: check ConnectionStrings:Portal.",
        { SqlState: PostgresErrorCodes.InvalidCatalogName } => "The database does not exist: check ConnectionStrings:Portal.",
        // System errors and PostgreSQL's own: a full disk shows so too, when already a connection cannot be set up.
        PostgresException { SqlState: ['5', '8', ..] or ['X', 'X', ..] } inner =>
            $"The database itself fails ({inner.MessageText}): look at its disk and its log; the portal goes on by itself.",
        { SqlState: null } or { IsTransient: true } => "The database does not answer: the portal goes on by itself when it is back.",
        _ => null,
    };

    private static NpgsqlException? Cause(Exception? fault)
    {
        for (var at = fault; at is not null; at = at.InnerException)
        {
            if (at is NpgsqlException cause) return cause;
            if (at is SocketException socket) return new NpgsqlException(socket.Message, socket);
        }

        return null;
    }
}
