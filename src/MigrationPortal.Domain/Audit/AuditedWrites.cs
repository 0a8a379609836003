namespace MigrationPortal.Domain.Audit;

/// <summary>The usual change: one write that a store may turn down, because somebody else was first.</summary>
public static class AuditedWrites
{
    /// <param name="entry">Kept only when something was written.</param>
    /// <param name="write">Null: nothing was written.</param>
    /// <returns>What was written; null: nothing.</returns>
    public static Task<T?> WriteAsync<T>(this IAuditTrail audit, AuditEntry entry, Func<Task<T?>> write, CancellationToken cancel)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(write);
        return audit.ChangeAsync<T?>(async () => await write() is { } stored ? (stored, entry) : (null, null), cancel);
    }

    /// <summary>For an entry that names what only the write itself gives, such as a number.</summary>
    /// <param name="entry">Of what was written.</param>
    public static Task<T?> WriteAsync<T>(this IAuditTrail audit, Func<T, AuditEntry> entry, Func<Task<T?>> write, CancellationToken cancel)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(write);
        return audit.ChangeAsync<T?>(async () => await write() is { } stored ? (stored, entry(stored)) : (null, null), cancel);
    }
}
