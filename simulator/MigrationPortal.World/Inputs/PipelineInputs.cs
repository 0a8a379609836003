namespace MigrationPortal.World;

/// <summary>Value: the <see cref="Pipeline"/>.</summary>
public sealed record RunPipeline(
    int ProjectId,
    string Ref,
    int ById,
    IReadOnlyDictionary<string, string>? Variables = null,
    PipelineSource Source = PipelineSource.Api) : WorldInput;

/// <summary>Retries failed and canceled jobs. Value: the <see cref="Pipeline"/>.</summary>
public sealed record RetryPipeline(int ProjectId, long PipelineId, int ById) : WorldInput;

/// <summary>Value: the <see cref="Pipeline"/>.</summary>
public sealed record CancelPipeline(int ProjectId, long PipelineId) : WorldInput;

/// <summary>Copies the job, tags included, without reading the CI file again. Value: the new <see cref="Job"/>.</summary>
public sealed record RetryJob(long JobId, int ById) : WorldInput;

/// <summary>Value: the <see cref="Job"/>.</summary>
public sealed record CancelJob(long JobId) : WorldInput;

/// <summary>Starts a manual job. Value: the <see cref="Job"/>.</summary>
public sealed record PlayJob(long JobId, int ById) : WorldInput;

/// <summary>Value: the <see cref="Job"/>.</summary>
public sealed record EraseJob(long JobId) : WorldInput;
