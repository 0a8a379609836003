using System.Text;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

internal sealed class GitLabProjectDesk(DeskCalls calls) : IProjectDesk
{
    // GitLab tells these by words alone, all with 400, and words differ a little between its versions.
    private static readonly (string Words, string Code)[] CommitWords =
    [
        ("changed since you started editing", DeskCode.ChangedMeanwhile),
        ("a file with this name", DeskCode.ChangedMeanwhile),
        ("a file with the name", DeskCode.ChangedMeanwhile),
        ("a branch called", DeskCode.Conflict),
        ("branch already exists", DeskCode.Conflict),
        ("not allowed to push", DeskCode.Forbidden),
    ];

    public Task<Outcome<CiLint>> LintAsync(PersonToken person, ProjectId project, string content, string reference, bool dryRun, CancellationToken cancel) =>
        calls.As(project.Instance, person).AskAsync(
            (api, who, purpose) => api.LintContentAsync(project.Number, new LintWriteDto(content, reference, dryRun, true), who, purpose, cancel), GitLabProjectReader.Lint);

    public Task<Outcome<string>> CommitAsync(PersonToken person, ProjectId project, NewCommit commit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (commit.Changes.Count == 0) throw new ArgumentException("A commit of nothing.", nameof(commit));
        var wanted = new CommitWriteDto(commit.Branch, commit.StartCommit is null ? commit.StartBranch : null, commit.StartCommit, commit.Message, [.. commit.Changes.Select(Action)]);
        return calls.As(project.Instance, person).AskAsync(
            (api, who, purpose) => api.CommitAsync(project.Number, wanted, who, purpose, true, cancel),
            made => made.Id,
            said => CommitWords.FirstOrDefault(one => said.Contains(one.Words, StringComparison.OrdinalIgnoreCase)).Code);
    }

    public Task<Outcome<BranchHead?>> BranchAsync(GitLabCaller caller, ProjectId project, string branch, CancellationToken cancel) =>
        calls.As(project.Instance, caller).FindAsync<BranchDto, BranchHead>(
            (api, who, purpose) => api.BranchAsync(project.Number, branch, who, purpose, cancel),
            seen => new BranchHead(seen.Name, seen.Commit?.Id ?? "", seen.Commit?.Title),
            "Branch");

    public Task<Outcome<bool>> DeleteBranchAsync(PersonToken person, ProjectId project, string branch, CancellationToken cancel) =>
        calls.As(project.Instance, person).DeleteAsync((api, who, purpose) => api.DeleteBranchAsync(project.Number, branch, who, purpose, cancel), "Branch");

    private static CommitActionDto Action(FileChange change) => new(
        change.Text is null ? "delete" : change.LastCommitId is null ? "create" : "update",
        change.Path,
        change.Text is { } text ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : null,
        change.Text is null ? null : "base64",
        change.LastCommitId);
}
