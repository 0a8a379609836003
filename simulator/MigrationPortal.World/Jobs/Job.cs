namespace MigrationPortal.World;

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

    public IReadOnlyList<JobService> Services { get; init; } = [];

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

/// <summary>A service container as the CI file names it.</summary>
/// <param name="Alias">As written: may hold several, divided by commas or spaces.</param>
public sealed record JobService(string Image, string? Alias);
