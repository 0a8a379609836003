using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

internal sealed class GitLabMergeRequestDesk(DeskCalls calls) : IMergeRequestDesk
{
    private const int Most = 500;

    public Task<Outcome<MergeRequest>> OpenAsync(PersonToken person, ProjectId project, NewMergeRequest wanted, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var written = new MergeRequestWriteDto(wanted.Title, wanted.Description, wanted.SourceBranch, wanted.TargetBranch, wanted.RemoveSourceBranch);
        return calls.As(project.Instance, person).AskAsync((api, who, purpose) => api.OpenMergeRequestAsync(project.Number, written, who, purpose, true, cancel), Read);
    }

    public Task<Outcome<MergeRequest>> ReadAsync(GitLabCaller caller, ProjectId project, long number, CancellationToken cancel) =>
        calls.As(project.Instance, caller).AskAsync((api, who, purpose) => api.MergeRequestAsync(project.Number, number, who, purpose, cancel), Read);

    public async Task<Outcome<MergeRequest>> CloseAsync(PersonToken person, ProjectId project, long number, CancellationToken cancel)
    {
        // GitLab answers in its own way when a merged one is closed, and that differs between versions.
        var now = await ReadAsync(person, project, number, cancel);
        if (now is not Outcome<MergeRequest>.Done { Result.State: MergeRequestState.Opened }) return now;
        var closed = await calls.As(project.Instance, person).AskAsync(
            (api, who, purpose) => api.ChangeMergeRequestAsync(project.Number, number, new MergeRequestStateDto("close"), who, purpose, cancel), Read);
        if (closed is Outcome<MergeRequest>.Done) return closed;
        // Merged between the two: that is the answer then.
        return await ReadAsync(person, project, number, cancel) is Outcome<MergeRequest>.Done { Result.State: not MergeRequestState.Opened } late ? late : closed;
    }

    public async Task<Outcome<IReadOnlyList<MergeRequest>>> OpenedAsync(GitLabCaller caller, ProjectId project, string branchPrefix, CancellationToken cancel) =>
        (await calls.As(project.Instance, caller).ListAsync<MergeRequestDto>(
            (api, page, who, purpose) => api.MergeRequestsAsync(project.Number, page, who, purpose, cancel),
            // Newest first; GitLab filters by whole branch names only.
            Paging.Offset(("state", "opened"), ("order_by", "created_at"), ("sort", "desc")),
            seen => seen.Count < Most))
        .Match<Outcome<IReadOnlyList<MergeRequest>>>(
            read => read.Items.Where(one => one.SourceBranch?.StartsWith(branchPrefix, StringComparison.Ordinal) == true).Select(Read).ToList(), no => no);

    private static MergeRequest Read(MergeRequestDto dto) => new(
        dto.Iid,
        dto.Title ?? "",
        dto.State switch
        {
            "merged" => MergeRequestState.Merged,
            "closed" => MergeRequestState.Closed,
            "locked" => MergeRequestState.Locked,
            _ => MergeRequestState.Opened,
        },
        dto.SourceBranch ?? "",
        dto.TargetBranch ?? "",
        dto.WebUrl ?? "",
        dto.MergedAt);
}
