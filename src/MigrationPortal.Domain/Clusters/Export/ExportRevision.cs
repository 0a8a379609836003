using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Export;

/// <summary>A configuration that is managed elsewhere, for a cluster.</summary>
/// <param name="Place">Where a merge request is opened: project, branch and folder; null: somebody takes the folder.</param>
/// <param name="Patience">Until the cluster must match: 1 hour to 30 days.</param>
public sealed record ExportWish(long Cluster, long Configuration, int? Revision, ApplyExtras Extras, (long Project, string Branch, string Folder)? Place, TimeSpan Patience, string? Reason)
{
    public static readonly TimeSpan UsualPatience = TimeSpan.FromDays(7);
    public static readonly TimeSpan ShortestPatience = TimeSpan.FromHours(1);
    public static readonly TimeSpan LongestPatience = TimeSpan.FromDays(30);
}

/// <summary>Hands a revision over to who manages the cluster, and has the portal wait until the cluster matches.</summary>
public sealed class ExportRevision(IClusterStore clusters, ReadRendering renderings, IApplicationStore applications, IExportDesk desk, ApplicationSteps steps, TimeProvider time)
{
    /// <returns>
    /// Refuses <c>reason-missing</c>, <c>invalid-export</c>, <c>unknown-cluster</c>, <c>not-managed-elsewhere</c>, <c>observe-mode</c>, <c>export-waiting</c> and what <see cref="ReadRendering.RunAsync"/> refuses.
    /// </returns>
    public async Task<Outcome<Application>> RunAsync(ExportWish wish, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (string.IsNullOrWhiteSpace(wish.Reason)) return Refusal.Of("reason-missing", "Say why: it stands in the audit trail.");
        if (Problems(wish) is { Count: > 0 } problems) return new Refusal("invalid-export", problems);
        if (await clusters.FindAsync(wish.Cluster, cancel) is not { } cluster) return ChangeCluster.Unknown(wish.Cluster);
        if (!(await renderings.RunAsync(wish.Cluster, wish.Configuration, wish.Revision, wish.Extras, cancel)).TryGet(out var rendering, out var no)) return no;
        if (rendering.Target != ApplyTarget.Exported) return Refusal.Of("not-managed-elsewhere", $"{rendering.Name} is applied by the portal: preview and apply it, or set its kind to managed elsewhere.");
        if (wish.Place is not null && !desk.CanWrite(cluster.Instance)) return Refusal.Of("observe-mode", $"The portal has no token to write to {cluster.Instance}: it opens no merge request there. Take the folder.");
        var request = wish.Place is var (project, branch, folder) ? new ExportRequest(project, branch.Trim(), folder.Trim('/', ' '), ExportFolder.Branch(rendering, folder.Trim('/', ' '))) : null;
        var (now, last) = (time.GetUtcNow(), await applications.LastGoodAsync(wish.Cluster, wish.Configuration, cancel));
        var begun = new Application(
            0, wish.Cluster, cluster.Instance, wish.Configuration, rendering.Name, rendering.Revision, rendering.Target, ApplicationState.Waiting, [ApplyStep.Of(ApplyStepKind.Match, null)],
            [.. rendering.Objects.Select(one => new AppliedObject(one.Key, one.Body.ToJsonString(), false))], last?.Id, null, false, wish.Patience, now + wish.Patience, null, null, who, wish.Reason.Trim(), now, now, null, 0, request);
        return await steps.BeginAsync(begun, cancel) is { } stored ? stored : Refusal.Of("export-waiting", $"A revision of {rendering.Name} is waited for in {cluster.Name} already: cancel that one first.");
    }

    private static List<string> Problems(ExportWish wish)
    {
        var found = new List<string>();
        if (wish.Patience < ExportWish.ShortestPatience || wish.Patience > ExportWish.LongestPatience) found.Add("patienceSeconds: 3600 (an hour) to 2592000 (30 days).");
        if (wish.Place is not var (project, branch, folder)) return found;
        if (project <= 0) found.Add("mergeRequest.project: needed, GitLab's number of the project.");
        if (string.IsNullOrWhiteSpace(branch) || branch.Length > 200 || branch.Any(char.IsWhiteSpace)) found.Add("mergeRequest.branch: needed, the branch that it goes to, 1 to 200 characters without spaces.");
        if (folder.Length > 300 || folder.Split('/').Any(part => part is "." or ".." or ".git") || folder.Any(one => char.IsControl(one) || one == '\\')) found.Add("mergeRequest.folder: a path in the repository without . and .., at most 300 characters; empty for its root.");
        return found;
    }
}
