namespace MigrationPortal.Domain.Notices;

/// <summary>The outbox, as every room sees it.</summary>
public interface INotices
{
    /// <summary>
    /// Stores a notice and one delivery for each channel that wants it, within the caller's transaction where there is one
    /// (see <see cref="Audit.IAuditTrail.ChangeAsync"/>): no change without its notice, no notice without its change. A
    /// notice whose key is stored already changes nothing. Sending comes later and can fail without harm to the caller.
    /// </summary>
    Task TellAsync(Notice notice, CancellationToken cancel);

    /// <summary>The same, but to this channel alone, whatever its rules say.</summary>
    Task TellAsync(Notice notice, long channel, CancellationToken cancel);
}
