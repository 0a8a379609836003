using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Audit;

/// <summary>The append-only, hash-chained trail.</summary>
public interface IAuditTrail
{
    /// <summary>For what changes nothing in the portal's own store, such as a wish before GitLab is asked.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancel);

    /// <summary>
    /// A change and its entry as one transaction: both are stored, or neither. When the connection breaks, the whole is
    /// tried again; was it stored already and only the answer lost, the entry may stand twice, but is never missing.
    /// </summary>
    /// <param name="change">Writes through the portal's stores. A null entry says that nothing was changed: nothing is kept.</param>
    /// <param name="cancel">Ends it with nothing stored.</param>
    Task<T> ChangeAsync<T>(Func<Task<(T Result, AuditEntry? Entry)>> change, CancellationToken cancel);

    /// <summary>Newest first, with the sequence number and the chain's hash of each.</summary>
    Task<IReadOnlyList<AuditRecord>> NewestAsync(int limit, long? before, CancellationToken cancel);

    /// <summary>Whether the portal itself has written such an entry, however long ago.</summary>
    Task<bool> HasAsync(InstanceId instance, string what, string subject, CancellationToken cancel);

    /// <summary>Recomputes the chain.</summary>
    Task<AuditVerdict> VerifyAsync(CancellationToken cancel);
}

/// <param name="Hash">SHA-256 over the previous hash and this entry's canonical JSON, lower-case hex.</param>
public sealed record AuditRecord(long Sequence, AuditEntry Entry, string Hash);

/// <param name="FirstBroken">Sequence number of the first entry whose hash does not follow, or null.</param>
public sealed record AuditVerdict(long Entries, long? FirstBroken);
