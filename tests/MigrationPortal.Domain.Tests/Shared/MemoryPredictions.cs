using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>Nothing was scanned until a test says so.</summary>
public sealed class MemoryPredictions : IPredictedFailures
{
    public Predictions Now { get; set; } = Predictions.Nothing;

    public Task<Predictions> ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Now);
}
