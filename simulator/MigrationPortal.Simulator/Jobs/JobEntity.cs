using System.Text.Json.Serialization;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>What every form of a job shows.</summary>
internal abstract record JobBasicEntity
{
    protected JobBasicEntity(Job job, ApiCall call)
    {
        Id = job.Id;
        Status = job.Status.Wire();
        Stage = job.Stage;
        Name = job.Name;
        Ref = job.Ref;
        Tag = job.IsTag;
        AllowFailure = job.AllowFailure;
        CreatedAt = job.CreatedAt;
        StartedAt = job.StartedAt;
        FinishedAt = job.FinishedAt;
        ErasedAt = job.ErasedAt;
        Duration = JobTimes.Duration(job, call.Now);
        QueuedDuration = JobTimes.Queued(job, call.Now);
        User = Entities.UserBasic(job.User, call.BaseUrl);
        Commit = Entities.Commit(call.World.Code.CommitOf(job.Pipeline), job.Project, call.BaseUrl);
        Pipeline = new PipelineEntity(job.Pipeline, call.BaseUrl);
        FailureReason = job.Status == JobStatus.Failed ? job.FailureReason.Wire() : null;
        WebUrl = $"{call.BaseUrl}/{job.Project.FullPath}/-/jobs/{job.Id}";
    }

    public long Id { get; }

    public string Status { get; }

    public string Stage { get; }

    public string Name { get; }

    public string Ref { get; }

    public bool Tag { get; }

    public double? Coverage { get; }

    public bool AllowFailure { get; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset? StartedAt { get; }

    public DateTimeOffset? FinishedAt { get; }

    public DateTimeOffset? ErasedAt { get; }

    public double? Duration { get; }

    public double? QueuedDuration { get; }

    public object? User { get; }

    public object Commit { get; }

    public PipelineEntity Pipeline { get; }

    /// <summary>Only of failed jobs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FailureReason { get; }

    public string WebUrl { get; }
}

/// <summary>Project jobs, pipeline jobs, a single job, a retry. Its project tells no id.</summary>
internal sealed record JobEntity : JobBasicEntity
{
    public JobEntity(Job job, ApiCall call)
        : base(job, call)
    {
        TagList = [.. job.Tags];
        Runner = job.Runner is { } r ? new RunnerEntity(r, call.Now, call.BaseUrl) : null;
        RunnerManager = job.Manager is { } m ? RunnerManagerEntity.Of(m, call.Now) : null;
        Artifacts = job.StartedAt is null
            ? []
            : [new { FileType = "trace", Size = 1024, Filename = "job.log", FileFormat = (string?)"raw" }];
    }

    public object Project { get; } = new { CiJobTokenScopeEnabled = false };

    public IReadOnlyList<object> Artifacts { get; }

    public object? ArtifactsFile { get; }

    public DateTimeOffset? ArtifactsExpireAt { get; }

    public RunnerEntity? Runner { get; }

    public RunnerManagerEntity? RunnerManager { get; }

    public IReadOnlyList<string> TagList { get; }

    public bool Archived { get; }
}

/// <summary><c>GET /runners/:id/jobs</c>: knows its project, but neither tags nor runner nor manager.</summary>
internal sealed record JobOfRunnerEntity : JobBasicEntity
{
    public JobOfRunnerEntity(Job job, ApiCall call)
        : base(job, call) => Project = Entities.ProjectIdentity(job.Project);

    public object Project { get; }
}

internal record PipelineEntity
{
    public PipelineEntity(Pipeline pipeline, string baseUrl)
    {
        Id = pipeline.Id;
        Iid = pipeline.Iid;
        ProjectId = pipeline.Project.Id;
        Sha = pipeline.Sha;
        Ref = pipeline.Ref;
        Status = pipeline.Status.Wire();
        Source = pipeline.Source.Wire();
        CreatedAt = pipeline.CreatedAt;
        UpdatedAt = pipeline.UpdatedAt;
        WebUrl = $"{baseUrl}/{pipeline.Project.FullPath}/-/pipelines/{pipeline.Id}";
    }

    public long Id { get; }

    public int Iid { get; }

    public int ProjectId { get; }

    public string Sha { get; }

    public string Ref { get; }

    public string Status { get; }

    public string Source { get; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset UpdatedAt { get; }

    public string WebUrl { get; }
}

/// <summary>One pipeline in full.</summary>
internal sealed record PipelineDetailsEntity : PipelineEntity
{
    public PipelineDetailsEntity(Pipeline pipeline, ApiCall call)
        : base(pipeline, call.BaseUrl)
    {
        BeforeSha = pipeline.BeforeSha;
        Tag = pipeline.IsTag;
        User = Entities.UserBasic(pipeline.User, call.BaseUrl);
        StartedAt = pipeline.StartedAt;
        FinishedAt = pipeline.FinishedAt;
        Duration = pipeline is { StartedAt: { } start, FinishedAt: { } end } ? (long)(end - start).TotalSeconds : null;
        QueuedDuration = pipeline.StartedAt is { } begun ? (long)(begun - pipeline.CreatedAt).TotalSeconds : null;
    }

    public string BeforeSha { get; }

    public bool Tag { get; }

    public string? YamlErrors { get; }

    public object? User { get; }

    public DateTimeOffset? StartedAt { get; }

    public DateTimeOffset? FinishedAt { get; }

    public DateTimeOffset? CommittedAt { get; }

    public long? Duration { get; }

    public long? QueuedDuration { get; }

    public double? Coverage { get; }
}
