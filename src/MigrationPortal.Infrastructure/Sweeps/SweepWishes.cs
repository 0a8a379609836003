using System.Collections.Concurrent;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Sweeps that shall run at once in this process: woken by an event or by another sweep's finding.</summary>
internal sealed class SweepWishes
{
    private readonly ConcurrentDictionary<(string, InstanceId), byte> _wishes = new();

    /// <summary>Called after each wish; the timer listens.</summary>
    public Action? Wished { get; set; }

    public void Wish(string sweep, InstanceId instance)
    {
        _wishes[(sweep, instance)] = 0;
        Wished?.Invoke();
    }

    public bool IsWished(string sweep, InstanceId instance) => _wishes.ContainsKey((sweep, instance));

    // Before the run: a wish that comes during it asks for another.
    public void Fulfilled(string sweep, InstanceId instance) => _wishes.TryRemove((sweep, instance), out _);
}
