using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Export;

/// <summary>Opens and follows the merge request of an export by the portal's own hand. Each step is looked for before it is done again.</summary>
public sealed class ExportRequests(IProjectReader reader, IProjectDesk desk, IMergeRequestDesk requests, IPortalHand hands, ReadRendering renderings)
{
    private static readonly GitLabCaller.Portal Portal = new(RequestPurpose.Projects);

    /// <summary>Opens it, or finds it open.</summary>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer: look again later.</exception>
    public async Task<Outcome<ExportRequest>> OpenAsync(Application of, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(of);
        var (wanted, project) = (of.Export!, new ProjectId(of.Instance, of.Export!.Project));
        if (hands.Of(of.Instance) is not { } hand) return Refusal.Of("observe-mode", $"The portal has no token to write to {of.Instance} any more.");
        if (await FoundAsync(hand, project, wanted, cancel) is { } open) return open;
        if (!(await desk.BranchAsync(hand, project, wanted.Source, cancel)).TryGet(out var head, out var no)) return no;
        var title = $"Runner configuration {of.ConfigurationName}, revision {of.Revision}";
        if (head is null)
        {
            if (!(await ChangesAsync(of, wanted, project, hand, cancel)).TryGet(out var changes, out no)) return no;
            if (changes.Count == 0) return wanted with { IsNeedless = true };
            // Made by another turn at this moment: it holds the same.
            if (await desk.CommitAsync(hand, project, new NewCommit(wanted.Source, wanted.Branch, title, changes), cancel) is Outcome<string>.Refused { Refusal: var refused } && refused.Code != DeskCode.Conflict) return refused;
        }

        var opened = await requests.OpenAsync(hand, project, new NewMergeRequest(title, Words(of), wanted.Source, wanted.Branch, RemoveSourceBranch: true), cancel);
        if (opened is Outcome<MergeRequest>.Done { Result: var made }) return wanted with { Number = made.Number, Address = made.WebUrl };
        return await FoundAsync(hand, project, wanted, cancel) is { } found ? found : ((Outcome<MergeRequest>.Refused)opened).Refusal;
    }

    /// <returns>Null when it is not to be told now.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer.</exception>
    public async Task<MergeRequestState?> SeenAsync(Application of, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(of);
        return of.Export is { Number: { } number } asked && await requests.ReadAsync(Portal, new ProjectId(of.Instance, asked.Project), number, cancel) is Outcome<MergeRequest>.Done { Result: var seen } ? seen.State : null;
    }

    /// <summary>Closes it where it is open, and takes its branch away.</summary>
    /// <returns>Why not; null: it is, or there is none.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer.</exception>
    public async Task<Refusal?> CloseAsync(Application of, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(of);
        if (of.Export is not { IsNeedless: false } asked || hands.Of(of.Instance) is not { } hand) return null;
        var project = new ProjectId(of.Instance, asked.Project);
        var known = asked.Number is null ? await FoundAsync(hand, project, asked, cancel) : asked;
        if (known is not { Number: { } number }) return null;
        if (!(await requests.CloseAsync(hand, project, number, cancel)).TryGet(out var closed, out var no)) return no.Code == DeskCode.NotFound ? null : no;
        if (closed.State == MergeRequestState.Closed) await desk.DeleteBranchAsync(hand, project, asked.Source, cancel);
        return null;
    }

    private async Task<Outcome<IReadOnlyList<FileChange>>> ChangesAsync(Application of, ExportRequest wanted, ProjectId project, PersonToken hand, CancellationToken cancel)
    {
        // What was rendered is the same again: revisions never change.
        if (!(await renderings.RunAsync(of.Cluster, of.Configuration, of.Revision, ExportFolder.Extras(of), cancel)).TryGet(out var rendering, out var no)) return no;
        var changes = new List<FileChange>();
        foreach (var (name, text) in ExportFolder.Of(rendering))
        {
            var path = wanted.Folder.Length == 0 ? name : $"{wanted.Folder}/{name}";
            if (!(await reader.FileAsync(hand, project, path, wanted.Branch, cancel)).TryGet(out var now, out no)) return no;
            if (now?.Text != text) changes.Add(new FileChange(path, text, now?.LastCommitId));
        }

        return changes;
    }

    private async Task<ExportRequest?> FoundAsync(GitLabCaller caller, ProjectId project, ExportRequest wanted, CancellationToken cancel) =>
        await requests.OpenedAsync(caller, project, wanted.Source, cancel) is Outcome<IReadOnlyList<MergeRequest>>.Done { Result: [var found, ..] } ? wanted with { Number = found.Number, Address = found.WebUrl } : null;

    private static string Words(Application of) =>
        $"MigrationPortal proposes revision {of.Revision} of the runner configuration {of.ConfigurationName}: {of.Reason}\n\nIt looks at the cluster and says when it matches; README.md in the folder says what must be there first. Close this to refuse it.";
}
