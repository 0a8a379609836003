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

/// <summary>One CI job (a build). Created once; a retry is a new one.</summary>
public sealed class Job
{
    internal Job(long id, Pipeline pipeline, JobDefinition definition, long createdMs)
    {
        Id = id;
        Pipeline = pipeline;
        Definition = definition;
        CreatedMs = createdMs;
    }

    public long Id { get; }

    public Pipeline Pipeline { get; }

    public Project Project => Pipeline.Project;

    /// <summary>Name, stage, tags and what the CI file says, shared by equal jobs.</summary>
    public JobDefinition Definition { get; }

    public string Name => Definition.Name;

    public string Stage => Definition.Stage;

    /// <summary>Fixed when the job was created. Sorted.</summary>
    public IReadOnlyList<string> Tags => Definition.Tags.Tags;

    public bool Untagged => Definition.Tags.IsEmpty;

    public bool AllowFailure => Definition.AllowFailure;

    public string Ref => Pipeline.Ref;

    public bool IsTag => Pipeline.IsTag;

    public bool Protected => Pipeline.Protected;

    public User User { get; internal set; } = null!;

    public JobStatus Status { get; internal set; }

    public DateTimeOffset CreatedAt => WorldTime.From(CreatedMs);

    /// <summary>When it became pending; null before that.</summary>
    public DateTimeOffset? QueuedAt => Optional(QueuedMs);

    public DateTimeOffset? StartedAt => Optional(StartedMs);

    public DateTimeOffset? FinishedAt => Optional(FinishedMs);

    /// <summary>Null until taken, and again when the runner has been deleted.</summary>
    public Runner? Runner => Manager?.Runner;

    public RunnerManager? Manager => Taker is { Runner.Deleted: false } ? Taker : null;

    /// <summary>The executor it ran on, as it was then; null until a runner took it.</summary>
    public Executor? RanOn { get; internal set; }

    /// <summary><see cref="FailureReason.None"/> unless failed.</summary>
    public FailureReason FailureReason { get; internal set; }

    public int? ExitCode { get; internal set; }

    /// <summary>True when a newer attempt of the same name exists in the pipeline.</summary>
    public bool Retried { get; internal set; }

    /// <summary>1 for the first run, 2 for its first retry, ...</summary>
    public int Attempt { get; internal set; } = 1;

    public DateTimeOffset? ErasedAt { get; internal set; }

    /// <summary>The truth, not GitLab's word: why it ended as it did.</summary>
    public Cause Cause { get; internal set; }

    internal long CreatedMs { get; }

    internal long QueuedMs { get; set; }

    internal long StartedMs { get; set; }

    internal long FinishedMs { get; set; }

    /// <summary>Rises on each change, so that an ending planned earlier no longer counts.</summary>
    internal int Version { get; set; }

    /// <summary>While pending: the class's unserved clock at the start. After: the job's own unserved milliseconds.</summary>
    internal long UnservedMs { get; set; }

    /// <summary>The manager that took it, deleted or not.</summary>
    internal RunnerManager? Taker { get; set; }

    /// <summary>While it runs: how it will end.</summary>
    internal Ending? Ending { get; set; }

    internal JobClass? Class { get; set; }

    private static DateTimeOffset? Optional(long ms) => ms == 0 ? null : WorldTime.From(ms);
}

/// <summary>What a CI file says of one job after expansion. Interned: equal jobs share it.</summary>
public sealed record JobDefinition
{
    public required string Name { get; init; }

    public required string Stage { get; init; }

    internal int StageIndex { get; init; }

    public required TagSet Tags { get; init; }

    public JobWhen When { get; init; } = JobWhen.OnSuccess;

    public bool AllowFailure { get; init; }

    public string? Image { get; init; }

    public IReadOnlyList<string> BeforeScript { get; init; } = [];

    public IReadOnlyList<string> Script { get; init; } = [];

    public IReadOnlyList<string> AfterScript { get; init; } = [];

    public string? Environment { get; init; }

    /// <summary>Automatic retries the CI file asks for, 0 to 2.</summary>
    public int Retry { get; init; }

    /// <summary>In seconds; null: the project's.</summary>
    public int? Timeout { get; init; }

    internal Workload Workload { get; init; } = Workload.Plain;
}

/// <summary>One pipeline. Its status follows from its jobs.</summary>
public sealed class Pipeline
{
    public required long Id { get; init; }

    public required int Iid { get; init; }

    public required Project Project { get; init; }

    public required string Ref { get; init; }

    public bool IsTag { get; init; }

    /// <summary>Whether the ref was protected when the pipeline was created.</summary>
    public bool Protected { get; init; }

    public required PipelineSource Source { get; init; }

    public required User User { get; init; }

    public required string Sha { get; init; }

    public string BeforeSha { get; init; } = new('0', 40);

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; internal set; }

    public DateTimeOffset? StartedAt { get; internal set; }

    public DateTimeOffset? FinishedAt { get; internal set; }

    /// <summary>All jobs, retried ones included, by id.</summary>
    public IReadOnlyList<Job> Jobs => JobList;

    /// <summary>As GitLab derives it: created, pending, running, success, failed, canceled, skipped or manual.</summary>
    public JobStatus Status { get; internal set; }

    internal List<Job> JobList { get; } = [];

    /// <summary>The highest stage whose jobs have been let go.</summary>
    internal int StageReached { get; set; } = -1;
}

/// <summary>One change of a job's status, in world order.</summary>
/// <param name="Seq">Rises by one with each event of the world.</param>
/// <param name="Status">The status entered then; <paramref name="Job"/> itself may be further by now.</param>
public readonly record struct JobEvent(long Seq, DateTimeOffset At, Job Job, JobStatus Status);
