namespace MigrationPortal.Domain.Jobs;

/// <summary>Where GitLab's job events arrive: a faster way to the same record as the sweeps', never the only one.</summary>
public interface IJobInbox
{
    /// <summary>
    /// Proves, reads and takes an event; waits for nothing. What was taken is recorded a moment later, and survives a
    /// database that is away as long as the process lives. An event that comes twice changes nothing, so GitLab's
    /// <c>Idempotency-Key</c> needs no memory.
    /// </summary>
    /// <param name="proof">What the sender says to be known by.</param>
    /// <param name="body">As it came, because a signature covers its bytes. Not kept.</param>
    JobReceipt Take(in EventProof proof, ReadOnlySpan<byte> body);
}

/// <summary>The headers that prove an event (gitlab-api.md 5.3); null where there was none.</summary>
/// <param name="Token"><c>X-Gitlab-Token</c>: the plain secret.</param>
/// <param name="Id"><c>webhook-id</c>, part of what is signed.</param>
/// <param name="Timestamp"><c>webhook-timestamp</c>: Unix seconds, signed; an old one is refused.</param>
/// <param name="Signatures"><c>webhook-signature</c>: one or more, separated by spaces.</param>
public readonly record struct EventProof(string? Token, string? Id, string? Timestamp, string? Signatures);

/// <summary>What became of an event.</summary>
public abstract record JobReceipt
{
    private JobReceipt()
    {
    }

    /// <summary>It will be recorded.</summary>
    public sealed record Taken : JobReceipt;

    /// <summary>Genuine, and about something else than a job: answer success and do nothing.</summary>
    public sealed record Ignored : JobReceipt;

    /// <summary>More wait than can be held. The sweeps bring what is turned away.</summary>
    public sealed record Full(TimeSpan RetryAfter) : JobReceipt;

    /// <summary>Neither token nor signature proves that a configured instance sent it.</summary>
    public sealed record NotProven(string Why) : JobReceipt;

    /// <summary>Genuine, but not readable.</summary>
    public sealed record Unreadable(string Why) : JobReceipt;
}
