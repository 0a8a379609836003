using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>Reads what the gates of a step are computed from. Asks GitLab for nothing.</summary>
public interface IGateFacts
{
    /// <param name="fallbackTag">Null while none is chosen.</param>
    Task<GateFacts> ReadAsync(InstanceId instance, GateStep step, GatePolicy policy, string? fallbackTag, CancellationToken cancel);
}
