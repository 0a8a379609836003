using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Stops a verification at once; the sweep then ends its pipelines and deletes its branch.</summary>
public sealed class CancelVerification(IVerificationStore store, VerificationSteps steps)
{
    /// <returns>Refuses <c>unknown-verification</c>, <c>changed-meanwhile</c>. One that has ended stays as it is.</returns>
    public async Task<Outcome<Verification>> RunAsync(long configuration, long id, Actor who, string? reason, CancellationToken cancel)
    {
        if (await store.FindAsync(configuration, id, cancel) is not { } found) return Refusal.Of("unknown-verification", $"Configuration {configuration} has no verification {id}.");
        if (!found.IsActive) return found;
        return await steps.GoAsync(found, VerificationState.Cancelled, who, string.IsNullOrWhiteSpace(reason) ? "stopped" : reason.Trim(), cancel) is { } stopped ? stopped : Refusal.Of("changed-meanwhile", "It went on at this moment: look again.");
    }
}
