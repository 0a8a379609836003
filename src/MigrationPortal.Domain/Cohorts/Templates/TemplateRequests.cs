using System.Security.Cryptography;
using System.Text;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Templates;

/// <summary>Opens, finds and closes the merge requests of a template's move. The branch is named by what it holds, so that one whose answer was lost is found again.</summary>
public sealed class TemplateRequests(IProjectReader reader, IProjectDesk desk, IMergeRequestDesk requests)
{
    private static readonly GitLabCaller.Portal Portal = new(RequestPurpose.Projects);

    /// <summary>The branch for one file's new text.</summary>
    public static MoveRecord.Request Named(string what, string path, string text) =>
        new($"migrationportal/{what}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\0{text}")))[..10]}", null, null);

    /// <summary>Opens it, or finds it open.</summary>
    /// <returns><c>changed-meanwhile</c> when the file is not what the change was made for.</returns>
    public async Task<Outcome<MoveRecord.Request>> OpenAsync(ProjectId project, string branch, MoveRecord.Request request, CiEditRecord edit, string title, string description, PersonToken person, CancellationToken cancel)
    {
        var files = new List<FileChange>();
        foreach (var (path, text) in edit.After)
        {
            if (!(await reader.FileAsync(person, project, path, branch, cancel)).TryGet(out var now, out var no)) return no;
            if (now?.Text != edit.Before[path]) return Refusal.Of(DeskCode.ChangedMeanwhile, $"{path} changed while you looked at it: look again.");
            files.Add(new FileChange(path, text, now.LastCommitId));
        }

        if (!(await desk.BranchAsync(person, project, request.Branch, cancel)).TryGet(out var head, out var not)) return not;
        if (head is null && await desk.CommitAsync(person, project, new NewCommit(request.Branch, branch, title, files), cancel) is Outcome<string>.Refused { Refusal: var refused }) return refused;
        var opened = await requests.OpenAsync(person, project, new NewMergeRequest(title, description, request.Branch, branch, RemoveSourceBranch: true), cancel);
        if (opened is Outcome<MergeRequest>.Done { Result: var made }) return request with { Number = made.Number, Address = made.WebUrl };
        return await FoundAsync(person, project, request, cancel) is { } found ? found : ((Outcome<MergeRequest>.Refused)opened).Refusal;
    }

    /// <summary>What became of it, read as the portal.</summary>
    /// <returns>Null when there is none, or it is not to be told now.</returns>
    public async Task<(MoveRecord.Request Request, MergeRequestState State)?> SeenAsync(ProjectId project, MoveRecord.Request request, CancellationToken cancel)
    {
        var known = request.Number is null ? await FoundAsync(Portal, project, request, cancel) : request;
        return known is { Number: { } number } && await requests.ReadAsync(Portal, project, number, cancel) is Outcome<MergeRequest>.Done { Result: var seen } ? (known, seen.State) : null;
    }

    /// <summary>Closes it, or finds it closed: nothing is changed then.</summary>
    /// <returns>Null when it is; <c>changed-meanwhile</c> when it is merged, or being merged.</returns>
    public async Task<Refusal?> CloseAsync(ProjectId project, MoveRecord.Request request, PersonToken person, CancellationToken cancel)
    {
        if (request.Number is not { } number)
        {
            // GitLab's answer was lost: the branch tells which one it is.
            if (!(await requests.OpenedAsync(person, project, request.Branch, cancel)).TryGet(out var open, out var unread)) return unread;
            if (open is not [var found, ..]) return null;
            number = found.Number;
        }

        if (!(await requests.CloseAsync(person, project, number, cancel)).TryGet(out var closed, out var no)) return no;
        if (closed.State != MergeRequestState.Closed) return Refusal.Of(DeskCode.ChangedMeanwhile, "The merge request was merged at this moment: look again.");
        await desk.DeleteBranchAsync(person, project, request.Branch, cancel);
        return null;
    }

    private async Task<MoveRecord.Request?> FoundAsync(GitLabCaller caller, ProjectId project, MoveRecord.Request request, CancellationToken cancel) =>
        await requests.OpenedAsync(caller, project, request.Branch, cancel) is Outcome<IReadOnlyList<MergeRequest>>.Done { Result: [var found, ..] } ? request with { Number = found.Number, Address = found.WebUrl } : null;
}
