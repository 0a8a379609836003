using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Tests.Readiness;

internal sealed class MemoryTriedFindings : ITriedFindings
{
    public List<TriedFinding> Tried { get; } = [];

    public Task<IReadOnlyList<TriedFinding>> ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyList<TriedFinding>>(Tried);
}
