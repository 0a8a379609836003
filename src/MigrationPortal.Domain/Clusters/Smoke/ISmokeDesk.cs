using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>What a verification does at its QA instance, by the portal's own write token there. Refusals carry GitLab's own words.</summary>
/// <exception cref="Instances.GitLabUnavailableException">Of every call: GitLab did not answer. What was asked for may have happened nevertheless.</exception>
public interface ISmokeDesk
{
    /// <returns>False in observe mode.</returns>
    bool CanWrite(InstanceId instance);

    /// <summary>The project with its CI file as it stands. Refuses <c>no-pipelines</c> where none can be made on a branch.</summary>
    Task<Outcome<SmokeProject>> ProjectAsync(ProjectId project, CancellationToken cancel);

    /// <summary>One commit on a new branch from <see cref="SmokeProject.Branch"/>, which replaces the CI file.</summary>
    /// <returns>The commit. Refuses <c>branch-taken</c> when the branch is there.</returns>
    Task<Outcome<string>> CommitAsync(SmokeProject project, string branch, string title, string file, CancellationToken cancel);

    /// <returns>Null when there is no such branch.</returns>
    Task<Outcome<SmokeHead?>> BranchAsync(ProjectId project, string branch, CancellationToken cancel);

    /// <returns>False when it was not there.</returns>
    Task<Outcome<bool>> DeleteBranchAsync(ProjectId project, string branch, CancellationToken cancel);

    /// <summary>Of a branch or tag, newest first.</summary>
    Task<Outcome<IReadOnlyList<SmokePipeline>>> PipelinesAsync(ProjectId project, string reference, CancellationToken cancel);

    /// <summary>Makes a pipeline. Asked again it makes another one.</summary>
    Task<Outcome<SmokePipeline>> RunAsync(ProjectId project, string reference, IReadOnlyDictionary<string, string> variables, CancellationToken cancel);

    /// <summary>Ends all that has not ended.</summary>
    Task<Outcome<SmokePipeline>> CancelAsync(ProjectId project, long pipeline, CancellationToken cancel);

    /// <summary>Without their logs.</summary>
    Task<Outcome<IReadOnlyList<SmokeJobSeen>>> JobsAsync(ProjectId project, long pipeline, CancellationToken cancel);

    /// <returns>The end of a job's log; null where there is none to read.</returns>
    Task<Outcome<string?>> LogAsync(ProjectId project, long job, CancellationToken cancel);
}

/// <param name="Branch">The default branch.</param>
/// <param name="File">Path of the CI file.</param>
/// <param name="LastCommit">The guard for changing the file; null: it is not there yet.</param>
public sealed record SmokeProject(ProjectId Id, string FullPath, string Branch, string File, string? LastCommit);

public sealed record SmokeHead(string Commit, string? Title);

/// <param name="Status">GitLab's own word.</param>
/// <param name="HasEnded">None of its jobs goes on by itself.</param>
public sealed record SmokePipeline(long Number, string Commit, string Status, bool HasEnded, string Address);
