using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>How far a verification is. Stored by name.</summary>
public enum VerificationState
{
    /// <summary>Stored; nothing is made at GitLab yet, or whether it was is not known.</summary>
    Preparing,

    /// <summary>Its pipelines run.</summary>
    Running,

    /// <summary>Every check passed: the revision counts as verified.</summary>
    Passed,

    /// <summary>At least one check failed.</summary>
    Failed,

    /// <summary>None failed, and at least one has no answer: the revision is not verified.</summary>
    Inconclusive,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,

    /// <summary>It did not come about: the reason says why.</summary>
    Broken,
}

/// <summary>What became of the branch that a verification makes. Stored by name.</summary>
public enum VerificationBranch
{
    Unmade,
    There,

    /// <summary>Deleted, by the portal or by somebody else.</summary>
    Gone,

    /// <summary>Somebody has written on it since: it is theirs, and stays.</summary>
    TakenOver,
}

/// <summary>A pipeline of the administrator's choice whose result counts. Stored as JSON: names are promises.</summary>
/// <param name="Ref">A branch or tag.</param>
/// <param name="Variables">Shown to everybody who may read the verification: no secrets.</param>
public sealed record ProbeChoice(long Project, string Ref, IReadOnlyDictionary<string, string> Variables);

/// <param name="Number">GitLab's id.</param>
/// <param name="Address">In GitLab; empty where it does not say.</param>
public sealed record VerificationPipeline(long Number, string Address);

/// <summary>Trying one revision of a configuration on QA: smoke jobs on a branch of their own, and a probe pipeline beside them.</summary>
/// <param name="Cluster">Where the revision was applied, of the QA instance.</param>
/// <param name="Project">Of QA: where the smoke jobs run.</param>
/// <param name="BranchCommit">The one commit on the branch; null until it is known.</param>
/// <param name="Probe">Null: none was chosen.</param>
/// <param name="ProbeAfter">The newest pipeline of the probe's ref before one was asked for: by it a pipeline whose answer was lost is known again. Null until then.</param>
/// <param name="Reason">Why it was stopped or did not come about.</param>
/// <param name="Since">Of the state, in QA's time like all others here.</param>
/// <param name="Deadline">What has not answered by then has no answer.</param>
/// <param name="Version">Fences writes.</param>
public sealed record Verification(
    long Id, long Configuration, int Revision, long Cluster, ProjectId Project, SmokeChoice Choice, ProbeChoice? Probe, VerificationState State, string Branch, VerificationBranch BranchState, string? BranchCommit,
    VerificationPipeline? Pipeline, long? ProbeAfter, VerificationPipeline? ProbePipeline, IReadOnlyList<CheckResult> Checks, string? Reason, Actor AskedBy, DateTimeOffset AskedAt, DateTimeOffset Since, DateTimeOffset Deadline, long Version)
{
    public const string BranchPrefix = "migration-portal/smoke-";

    public bool IsActive => State is VerificationState.Preparing or VerificationState.Running;

    public InstanceId Instance => Project.Instance;

    /// <summary>The application that had brought the revision into the cluster; null: of a time when nobody asked for one, and it proves nothing.</summary>
    public long? Application { get; init; }

    /// <summary>It ended with a verdict: one that was stopped or did not come about says nothing of the revision.</summary>
    public bool HasVerdict => State is VerificationState.Passed or VerificationState.Failed or VerificationState.Inconclusive;

    /// <summary>The revision counts as verified by it.</summary>
    public bool Proves => State == VerificationState.Passed && Application is not null;

    /// <summary>Of the commit on the branch: by it a branch whose answer was lost is known again.</summary>
    public string CommitTitle => $"Try revision {Revision} of runner configuration {Configuration} (verification {Id})";
}
