using System.Collections.Concurrent;

namespace MigrationPortal.Infrastructure.Store;

/// <summary>
/// What keeps this process from reading or writing its database now, in words for people. A full disk is met only by
/// those who write: whoever met it says so here, and takes it back once the same work succeeds.
/// </summary>
public sealed class StoreTrouble
{
    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);

    /// <summary>Null when all is well.</summary>
    public string? Now => _troubles.Values.Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Called when <see cref="Now"/> became another; the hub listens and has pages read again.</summary>
    internal Action? Changed { get; set; }

    /// <param name="work">Whose trouble it is, such as <c>sweep/jobs/production</c>.</param>
    /// <param name="fault">Null: the work succeeded. A fault that is not the database's changes nothing.</param>
    internal void Note(string work, Exception? fault)
    {
        var before = Now;
        if (fault is null) _troubles.TryRemove(work, out _);
        else if (StoreFault.Explain(fault) is { } why) _troubles[work] = why;
        if (Now != before) Changed?.Invoke();
    }
}
