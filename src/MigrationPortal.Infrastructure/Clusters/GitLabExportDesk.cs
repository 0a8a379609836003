using MigrationPortal.Domain.Clusters.Export;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>The desks that projects are moved by, with the portal's own write token.</summary>
internal sealed class GitLabExportDesk(IProjectReader reader, IProjectDesk projects, IMergeRequestDesk requests, IPortalHand hands) : IExportDesk
{
    private static readonly GitLabCaller.Portal Portal = new(RequestPurpose.Projects);
    private static readonly TimeSpan UsualPause = TimeSpan.FromMinutes(1);

    public bool CanWrite(InstanceId instance) => hands.Of(instance) is not null;

    public async Task<Outcome<ExportRequest>> OpenAsync(ProjectId project, ExportRequest wanted, ExportProposal proposal, CancellationToken cancel)
    {
        if (hands.Of(project.Instance) is not { } hand) return Refusal.Of("observe-mode", $"The portal has no token to write to {project.Instance} any more.");
        return (await TryAsync(hand, project, wanted, proposal, cancel)).Match<Outcome<ExportRequest>>(done => done, no => no.Code == DeskCode.RateLimited ? no with { RetryAfter = no.RetryAfter ?? UsualPause } : no);
    }

    public async Task<bool> IsClosedAsync(ProjectId project, long number, CancellationToken cancel) =>
        await requests.ReadAsync(Portal, project, number, cancel) is Outcome<MergeRequest>.Done { Result.State: MergeRequestState.Closed };

    public async Task<Refusal?> CloseAsync(ProjectId project, ExportRequest asked, CancellationToken cancel)
    {
        if (hands.Of(project.Instance) is not { } hand) return null;
        var known = asked.Number is null ? await FoundAsync(hand, project, asked, cancel) : asked;
        if (known is not { Number: { } number }) return null;
        if (!(await requests.CloseAsync(hand, project, number, cancel)).TryGet(out var closed, out var no)) return no.Code == DeskCode.NotFound ? null : no;
        if (closed.State == MergeRequestState.Closed) await projects.DeleteBranchAsync(hand, project, asked.Source, cancel);
        return null;
    }

    private async Task<Outcome<ExportRequest>> TryAsync(PersonToken hand, ProjectId project, ExportRequest wanted, ExportProposal proposal, CancellationToken cancel)
    {
        if (await FoundAsync(hand, project, wanted, cancel) is { } open) return open;
        if (!(await projects.BranchAsync(hand, project, wanted.Source, cancel)).TryGet(out var head, out var no)) return no;
        if (head is null)
        {
            if (!(await ChangesAsync(hand, project, wanted, proposal, cancel)).TryGet(out var changes, out no)) return no;
            if (changes.Count == 0) return wanted with { IsNeedless = true };
            // Made by another turn at this moment: it holds the same.
            if (await projects.CommitAsync(hand, project, new NewCommit(wanted.Source, wanted.Branch, proposal.Title, changes), cancel) is Outcome<string>.Refused { Refusal: var refused } && refused.Code != DeskCode.Conflict) return refused;
        }

        var opened = await requests.OpenAsync(hand, project, new NewMergeRequest(proposal.Title, proposal.Words, wanted.Source, wanted.Branch, RemoveSourceBranch: true), cancel);
        if (opened is Outcome<MergeRequest>.Done { Result: var made }) return wanted with { Number = made.Number, Address = made.WebUrl };
        return await FoundAsync(hand, project, wanted, cancel) is { } found ? found : ((Outcome<MergeRequest>.Refused)opened).Refusal;
    }

    private async Task<Outcome<IReadOnlyList<FileChange>>> ChangesAsync(PersonToken hand, ProjectId project, ExportRequest wanted, ExportProposal proposal, CancellationToken cancel)
    {
        var changes = new List<FileChange>();
        foreach (var (name, text) in proposal.Files)
        {
            var path = wanted.Folder.Length == 0 ? name : $"{wanted.Folder}/{name}";
            if (!(await reader.FileAsync(hand, project, path, wanted.Branch, cancel)).TryGet(out var now, out var no)) return no;
            if (now?.Text != text) changes.Add(new FileChange(path, text, now?.LastCommitId));
        }

        return changes;
    }

    private async Task<ExportRequest?> FoundAsync(GitLabCaller caller, ProjectId project, ExportRequest wanted, CancellationToken cancel) =>
        await requests.OpenedAsync(caller, project, wanted.Source, cancel) is Outcome<IReadOnlyList<MergeRequest>>.Done { Result: [var found, ..] } ? wanted with { Number = found.Number, Address = found.WebUrl } : null;
}
