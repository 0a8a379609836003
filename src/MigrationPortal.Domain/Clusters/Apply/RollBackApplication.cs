using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Returns to the last good revision at once; needs no preview.</summary>
public sealed class RollBackApplication(IApplicationStore applications, ReturnSteps returns)
{
    private const int Looked = 100;

    /// <returns>Refuses <c>reason-missing</c>, <c>unknown-application</c>, <c>managed-elsewhere</c>, <c>not-the-newest</c>, <c>rolled-back-already</c> and <c>cluster-busy</c>.</returns>
    public async Task<Outcome<Application>> RunAsync(long cluster, long id, Actor who, string? reason, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason)) return Refusal.Of("reason-missing", "Say why: it stands in the audit trail.");
        if (await applications.FindAsync(cluster, id, cancel) is not { } found) return Refusal.Of("unknown-application", $"Cluster {cluster} has no application {id}.");
        if (found.State == ApplicationState.RollingBack) return found;
        if (found.Target == ApplyTarget.Exported) return Refusal.Of("managed-elsewhere", "It was handed over: undo it where it is managed.");
        if (found.State == ApplicationState.RolledBack) return Refusal.Of("rolled-back-already", $"Application {id} is rolled back already.");
        if ((await applications.ListAsync(cluster, found.Configuration, Looked, null, cancel)).FirstOrDefault(one => one.State != ApplicationState.RolledBack) is { } newest && newest.Id > id)
            return Refusal.Of("not-the-newest", $"Application {newest.Id} came after it: roll that one back, or apply an older revision.");
        return await returns.BeginAsync(found, who, reason.Trim(), cancel) is { } begun ? begun
            : Refusal.Of("cluster-busy", "It went on at this moment, or something else is being applied to the cluster: look again.");
    }
}
