using System.Globalization;
using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>A notice as it leaves the portal, whatever the channel.</summary>
/// <param name="Link">Absolute; null where the portal does not know its own address.</param>
/// <param name="TakenBy">A name; null as long as nobody has taken it.</param>
internal sealed record Message(StoredNotice Stored, string? Link, string? TakenBy)
{
    public Notice Notice => Stored.Notice;

    public string Severity => Notice.Severity.ToString().ToLowerInvariant();

    /// <summary>"critical, production": what a glance at a phone must tell.</summary>
    public string Label => $"{Severity}, {Notice.Instance}";

    public string At => Notice.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Who has taken it, in a sentence; null where that says nothing.</summary>
    public string? Taken => TakenBy is not null ? $"{TakenBy} has taken it." : Notice.IsAlert ? "Nobody has taken it yet." : null;
}
