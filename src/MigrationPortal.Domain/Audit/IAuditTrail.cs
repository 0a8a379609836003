namespace MigrationPortal.Domain.Audit;

/// <summary>The append-only, hash-chained trail.</summary>
public interface IAuditTrail
{
    Task AppendAsync(AuditEntry entry, CancellationToken cancel);

    /// <summary>Newest first, with the sequence number and the chain's hash of each.</summary>
    Task<IReadOnlyList<AuditRecord>> NewestAsync(int limit, long? before, CancellationToken cancel);

    /// <summary>Recomputes the chain.</summary>
    Task<AuditVerdict> VerifyAsync(CancellationToken cancel);
}

/// <param name="Hash">SHA-256 over the previous hash and this entry's canonical JSON, lower-case hex.</param>
public sealed record AuditRecord(long Sequence, AuditEntry Entry, string Hash);

/// <param name="FirstBroken">Sequence number of the first entry whose hash does not follow, or null.</param>
public sealed record AuditVerdict(long Entries, long? FirstBroken);
