using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Plans;

/// <summary>
/// The steps of each instance's latest operation as the table holds them, by its version: whoever saves the next version
/// sends only what changed since. Steps are immutable, so the same object is the same content.
/// </summary>
internal sealed class WrittenSteps
{
    private readonly ConcurrentDictionary<InstanceId, Operation> _latest = new();

    /// <returns>Null when that version is not the one known here.</returns>
    public IReadOnlyList<OperationStep>? Of(long operation, long version) =>
        _latest.Values.FirstOrDefault(one => one.Id == operation && one.Version == version)?.Steps;

    /// <summary>Just read. Kept from an earlier read or save of the same version: whoever carries the operation out goes on from those objects.</summary>
    [return: NotNullIfNotNull(nameof(read))]
    public Operation? Known(Operation? read)
    {
        if (read is null || read.State.IsEnd()) return read;
        return _latest.AddOrUpdate(read.Instance, read, (_, known) => known.Id == read.Id && known.Version >= read.Version ? known : read) is { } kept
            && kept.Id == read.Id && kept.Version == read.Version ? kept : read;
    }

    public Operation Saved(Operation saved) => _latest[saved.Instance] = saved;
}
