using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>Takes a registration back by a click: objects, Secret and runner.</summary>
public sealed class UndoRegistration(IRegistrationStore registrations, RegistrationSteps steps, WithdrawRunner withdraw)
{
    /// <returns>Refuses <c>reason-missing</c>, <c>unknown-registration</c>, <c>undone-already</c>, <c>runner-busy</c>, <c>gitlab-unavailable</c> and <c>changed-meanwhile</c>.</returns>
    public async Task<Outcome<ClusterRegistration>> RunAsync(long cluster, long id, Actor who, string? reason, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason)) return Refusal.Of("reason-missing", "Say why: it stands in the audit trail.");
        if (await registrations.FindAsync(cluster, id, cancel) is not { } found) return Refusal.Of("unknown-registration", $"Cluster {cluster} has no registration {id}.");
        if (found.State == RegistrationState.Undoing) return found;
        if (found.State == RegistrationState.Undone) return Refusal.Of("undone-already", $"Registration {id} is undone already.");
        if (found.State == RegistrationState.Done && await withdraw.BusyAsync(new RunnerId(found.Instance, found.Runner!.Value), cancel) is { } busy) return busy;
        return await steps.GoAsync(found, RegistrationState.Undoing, who, $"Undone by a click: {reason.Trim()}", reason.Trim(), cancel) is { } undoing ? undoing
            : Refusal.Of("changed-meanwhile", "It went on at this moment: look again.");
    }
}
