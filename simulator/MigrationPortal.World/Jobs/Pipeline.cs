namespace MigrationPortal.World;

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
