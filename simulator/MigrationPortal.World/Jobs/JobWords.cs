namespace MigrationPortal.World;

/// <summary>The statuses a job of this world passes. Wire names by <see cref="JobWords.Wire(JobStatus)"/>.</summary>
public enum JobStatus : byte
{
    Created,
    Pending,
    Running,
    Success,
    Failed,
    Canceled,
    Skipped,
    Manual,
}

/// <summary>GitLab's machine-readable reasons, as far as this world produces them.</summary>
public enum FailureReason : byte
{
    None,
    ScriptFailure,
    RunnerSystemFailure,
    RunnerConfigurationError,
    RunnerExternalDependencyFailure,
    RunnerInterrupted,
    ImagePullFailure,
    JobExecutionTimeout,
    StuckOrTimeoutFailure,
    StuckPendingNoMatchingRunners,
    StuckPendingWithMatchingRunners,
    NoUpdatesRunning,
    UnknownFailure,
}

public enum PipelineSource : byte
{
    Push,
    Web,
    Schedule,
    Api,
    MergeRequestEvent,
}

public enum JobWhen : byte
{
    OnSuccess,
    OnFailure,
    Always,
    Manual,
}

public static class JobWords
{
    private static readonly string[] Statuses =
        ["created", "pending", "running", "success", "failed", "canceled", "skipped", "manual"];

    private static readonly string[] Reasons =
    [
        "unknown_failure", "script_failure", "runner_system_failure", "runner_configuration_error",
        "runner_external_dependency_failure", "runner_interrupted", "image_pull_failure", "job_execution_timeout",
        "stuck_or_timeout_failure", "stuck_pending_no_matching_runners", "stuck_pending_with_matching_runners",
        "no_updates_running", "unknown_failure",
    ];

    private static readonly string[] Sources = ["push", "web", "schedule", "api", "merge_request_event"];

    private static readonly string[] Whens = ["on_success", "on_failure", "always", "manual"];

    public static string Wire(this JobStatus status) => Statuses[(int)status];

    /// <summary><see cref="FailureReason.None"/> reads <c>unknown_failure</c>, as in GitLab's job event.</summary>
    public static string Wire(this FailureReason reason) => Reasons[(int)reason];

    public static string Wire(this PipelineSource source) => Sources[(int)source];

    public static string Wire(this JobWhen when) => Whens[(int)when];

    public static bool IsFinal(this JobStatus status) =>
        status is JobStatus.Success or JobStatus.Failed or JobStatus.Canceled or JobStatus.Skipped;

    public static JobStatus? ParseStatus(string wire) =>
        Array.IndexOf(Statuses, wire) is var at and >= 0 ? (JobStatus)at : null;
}
