using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

/// <summary>One project of GitLab in memory: files of a branch, branches with what they change, and merge requests.</summary>
internal sealed class FakeProject : IProjectReader, IProjectDesk, IMergeRequestDesk, IPortalHand
{
    public Dictionary<string, string> Files { get; } = [];

    public Dictionary<string, NewCommit> Branches { get; } = [];

    public List<MergeRequest> Requests { get; } = [];

    /// <summary>It does what it is asked, and its answers are lost.</summary>
    public bool AnswersAreLost { get; set; }

    public void Set(long number, MergeRequestState state) => Requests[(int)number - 1] = Requests[(int)number - 1] with { State = state };

    public PersonToken? Of(InstanceId instance) => new PersonToken("the-portals-own");

    public Task<Outcome<RepositoryFile?>> FileAsync(GitLabCaller caller, ProjectId project, string path, string reference, CancellationToken cancel) =>
        Task.FromResult<Outcome<RepositoryFile?>>(new Outcome<RepositoryFile?>.Done(Files.TryGetValue(path, out var text) ? new RepositoryFile(path, text, "abc") : null));

    public Task<Outcome<BranchHead?>> BranchAsync(GitLabCaller caller, ProjectId project, string branch, CancellationToken cancel) =>
        Task.FromResult<Outcome<BranchHead?>>(new Outcome<BranchHead?>.Done(Branches.ContainsKey(branch) ? new BranchHead(branch, "abc", null) : null));

    public Task<Outcome<string>> CommitAsync(PersonToken person, ProjectId project, NewCommit commit, CancellationToken cancel)
    {
        if (!Branches.TryAdd(commit.Branch, commit)) return Task.FromResult<Outcome<string>>(Refusal.Of(DeskCode.Conflict, "there already"));
        return Answer<string>("abc", project);
    }

    public Task<Outcome<bool>> DeleteBranchAsync(PersonToken person, ProjectId project, string branch, CancellationToken cancel) => Task.FromResult<Outcome<bool>>(Branches.Remove(branch));

    public Task<Outcome<MergeRequest>> OpenAsync(PersonToken person, ProjectId project, NewMergeRequest wanted, CancellationToken cancel)
    {
        if (Requests.Exists(one => one.SourceBranch == wanted.SourceBranch && one.State == MergeRequestState.Opened)) return Task.FromResult<Outcome<MergeRequest>>(Refusal.Of(DeskCode.Conflict, "open already"));
        Requests.Add(new MergeRequest(Requests.Count + 1, wanted.Title, MergeRequestState.Opened, wanted.SourceBranch, wanted.TargetBranch, $"https://gitlab.example.org/ops/-/merge_requests/{Requests.Count + 1}", null));
        return Answer(Requests[^1], project);
    }

    public Task<Outcome<MergeRequest>> ReadAsync(GitLabCaller caller, ProjectId project, long number, CancellationToken cancel) => Task.FromResult<Outcome<MergeRequest>>(Requests[(int)number - 1]);

    public Task<Outcome<MergeRequest>> CloseAsync(PersonToken person, ProjectId project, long number, CancellationToken cancel)
    {
        if (Requests[(int)number - 1].State == MergeRequestState.Opened) Set(number, MergeRequestState.Closed);
        return Task.FromResult<Outcome<MergeRequest>>(Requests[(int)number - 1]);
    }

    public Task<Outcome<IReadOnlyList<MergeRequest>>> OpenedAsync(GitLabCaller caller, ProjectId project, string branchPrefix, CancellationToken cancel) =>
        Task.FromResult<Outcome<IReadOnlyList<MergeRequest>>>(new Outcome<IReadOnlyList<MergeRequest>>.Done([.. Requests.Where(one => one.State == MergeRequestState.Opened && one.SourceBranch.StartsWith(branchPrefix, StringComparison.Ordinal))]));

    public Task<Outcome<ProjectSettings>> SettingsAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<BranchList>> BranchesAsync(GitLabCaller caller, ProjectId project, DateTimeOffset since, int most, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<CiLint>> LintAsync(GitLabCaller caller, ProjectId project, string reference, bool dryRun, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<CiLint>> LintAsync(PersonToken person, ProjectId project, string content, string reference, bool dryRun, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<IReadOnlyList<PipelineSchedule>>> SchedulesAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel) => throw new NotSupportedException();

    private Task<Outcome<T>> Answer<T>(T answer, ProjectId project) => AnswersAreLost ? throw new GitLabUnavailableException(project.Instance, "no answer") : Task.FromResult<Outcome<T>>(answer);
}
