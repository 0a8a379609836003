using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Export;

/// <summary>Nobody waits any more, by a click; an open merge request of the portal's is closed.</summary>
public sealed class CancelExport(IApplicationStore applications, ExportRequests requests, ApplicationSteps steps)
{
    /// <returns>Refuses <c>reason-missing</c>, <c>unknown-application</c>, <c>not-waiting</c>, <c>gitlab-unavailable</c>, <c>changed-meanwhile</c> and what GitLab refuses.</returns>
    public async Task<Outcome<Application>> RunAsync(long cluster, long id, Actor who, string? reason, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason)) return Refusal.Of("reason-missing", "Say why: it stands in the audit trail.");
        if (await applications.FindAsync(cluster, id, cancel) is not { } found) return Refusal.Of("unknown-application", $"Cluster {cluster} has no application {id}.");
        if (found.State == ApplicationState.Cancelled) return found;
        if (found.State != ApplicationState.Waiting) return Refusal.Of("not-waiting", $"Application {id} does not wait for somebody else: it is {found.State.ToString().ToLowerInvariant()}.");
        var skipped = found with { Steps = [.. found.Steps.Select(one => one with { State = ApplyStepState.Skipped })] };
        if (await steps.GoAsync(skipped, ApplicationState.Cancelled, who, $"Cancelled: {reason.Trim()}", reason.Trim(), cancel) is not { } ended) return Refusal.Of("changed-meanwhile", "It went on at this moment: look again.");
        try
        {
            return await requests.CloseAsync(found, cancel) is { } no ? await KeptAsync(ended, string.Join(" ", no.Reasons), cancel) : ended;
        }
        catch (GitLabUnavailableException fault)
        {
            return await KeptAsync(ended, fault.Message, cancel);
        }
    }

    // Nobody waits any more all the same: what is left is said.
    private async Task<Application> KeptAsync(Application ended, string why, CancellationToken cancel) =>
        await steps.KeepAsync(ended with { Said = $"{ended.Said}. The merge request {ended.Export?.Address ?? ended.Export?.Source} could not be closed: {why}" }, cancel) ?? ended;
}
