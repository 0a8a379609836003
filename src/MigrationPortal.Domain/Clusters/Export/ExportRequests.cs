using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Export;

/// <summary>The merge request of an application that waits for somebody else.</summary>
public sealed class ExportRequests(IExportDesk desk, ReadRendering renderings)
{
    /// <returns>As <see cref="IExportDesk.OpenAsync"/>, and what <see cref="ReadRendering.RunAsync"/> refuses.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer: look again later.</exception>
    public async Task<Outcome<ExportRequest>> OpenAsync(Application of, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(of);
        // What was rendered is the same again: revisions never change.
        if (!(await renderings.RunAsync(of.Cluster, of.Configuration, of.Revision, ExportFolder.Extras(of), cancel)).TryGet(out var rendering, out var no)) return no;
        var proposal = new ExportProposal($"Runner configuration {of.ConfigurationName}, revision {of.Revision}", Words(of), [.. ExportFolder.Of(rendering)]);
        return await desk.OpenAsync(ProjectOf(of), of.Export!, proposal, cancel);
    }

    /// <exception cref="GitLabUnavailableException">GitLab did not answer.</exception>
    public async Task<bool> IsClosedAsync(Application of, CancellationToken cancel) =>
        of is { Export.Number: { } number } && await desk.IsClosedAsync(ProjectOf(of), number, cancel);

    /// <returns>As <see cref="IExportDesk.CloseAsync"/>.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer.</exception>
    public async Task<Refusal?> CloseAsync(Application of, CancellationToken cancel) =>
        of is { Export: { IsNeedless: false } asked } ? await desk.CloseAsync(ProjectOf(of), asked, cancel) : null;

    private static ProjectId ProjectOf(Application of) => new(of.Instance, of.Export!.Project);

    private static string Words(Application of) =>
        $"MigrationPortal proposes revision {of.Revision} of the runner configuration {of.ConfigurationName}: {of.Reason}\n\nIt looks at the cluster and says when it matches; README.md in the folder says what must be there first. Close this to refuse it.";
}
