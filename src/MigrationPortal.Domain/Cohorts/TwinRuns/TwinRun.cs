using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>How far a twin run is. Stored by name.</summary>
public enum TwinState
{
    /// <summary>Stored; its branch is not made yet, or whether it was is not known.</summary>
    Preparing,

    /// <summary>Its branch is there, and GitLab runs its pipeline.</summary>
    Running,

    /// <summary>Both copies have ended, however.</summary>
    Ended,

    /// <summary>Somebody stopped it.</summary>
    Stopped,

    /// <summary>It did not come about, or not to its end: the reason says why.</summary>
    Failed,
}

/// <summary>What became of the branch that a twin run makes. Stored by name.</summary>
public enum TwinBranch
{
    /// <summary>None was made.</summary>
    Unmade,
    There,

    /// <summary>Deleted, by the portal or by somebody else.</summary>
    Gone,

    /// <summary>Somebody has written on it since: it is theirs, and stays.</summary>
    TakenOver,
}

/// <summary>One job of one commit, run once on docker and once on Kubernetes in one pipeline of a branch of its own.</summary>
/// <param name="Job">As in the project's CI file.</param>
/// <param name="Commit">The commit that both copies run.</param>
/// <param name="DockerTags">Of the copy for docker, as written: variables are not expanded.</param>
/// <param name="Others">Jobs that run before, once, because both copies need their artifacts.</param>
/// <param name="Remarks">What differs from an ordinary run of the job, a sentence each.</param>
/// <param name="BranchCommit">The one commit on the branch; null until it is known.</param>
/// <param name="Docker">Null until GitLab has made the job.</param>
/// <param name="Reason">Why it was stopped or did not come about.</param>
/// <param name="Since">Of the state.</param>
/// <param name="Version">Fences writes.</param>
public sealed record TwinRun(
    long Id, ProjectId Project, string Job, string Commit, string Branch, IReadOnlyList<string> DockerTags, IReadOnlyList<string> KubernetesTags, IReadOnlyList<string> Others, IReadOnlyList<string> Remarks,
    TwinState State, TwinBranch BranchState, string? BranchCommit, TwinPipeline? Pipeline, TwinHalf? Docker, TwinHalf? Kubernetes, string? Reason, Actor AskedBy, DateTimeOffset AskedAt, DateTimeOffset Since, long Version)
{
    public bool IsActive => State is TwinState.Preparing or TwinState.Running;

    /// <summary>Both copies ran to their end, each where it was meant to: only such a run compares the executors.</summary>
    public bool IsPair => State == TwinState.Ended && Docker is { IsResult: true, Executor.Family: ExecutorFamily.Docker } && Kubernetes is { IsResult: true, Executor.Family: ExecutorFamily.Kubernetes };

    /// <summary>Of the commit on the branch: by it a branch whose answer was lost is known again.</summary>
    public string CommitTitle => $"Run {TwinName.Slug(Job)} on docker and on Kubernetes (twin run {Id})";
}

/// <param name="Number">GitLab's id.</param>
/// <param name="Address">In GitLab; empty where it does not say.</param>
public sealed record TwinPipeline(long Number, string Address);

/// <summary>One copy of the job, as last seen. Stored as JSON: names here are promises.</summary>
/// <param name="FailureReason">GitLab's own word; null unless it failed.</param>
/// <param name="Runner">GitLab's number; null: no runner has taken it.</param>
/// <param name="Executor">Of the manager that ran it; unknown until one has.</param>
/// <param name="QueuedSeconds">Null: not told.</param>
/// <param name="RanSeconds">Null: it has not run.</param>
public sealed record TwinHalf(long Job, JobStatus Status, string? FailureReason, long? Runner, Executor Executor, double? QueuedSeconds, double? RanSeconds, string Address)
{
    /// <summary>It ran to its end by itself.</summary>
    public bool IsResult => Status is JobStatus.Success or JobStatus.Failed;
}
