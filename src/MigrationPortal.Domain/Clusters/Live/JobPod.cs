namespace MigrationPortal.Domain.Clusters.Live;

public enum PodPhase : byte
{
    Pending,
    Running,
    Succeeded,
    Failed,

    /// <summary>Kubernetes' own word: its node does not answer.</summary>
    Unknown,
}

/// <summary>A CI job's pod, kept small: there may be fifty thousand. Job variables, which stand in a pod's specification, are never read.</summary>
/// <param name="Job">GitLab's job id from the annotation <c>job.runner.gitlab.com/id</c>; 0 when it is missing.</param>
/// <param name="Project">GitLab's project id; 0 when the label is missing.</param>
/// <param name="ProjectPath">From the job's address, else empty.</param>
/// <param name="Runner">The short token of the runner, from <c>manager.runner.gitlab.com/id-short</c>; may be empty.</param>
/// <param name="Node">Null until it is scheduled.</param>
/// <param name="Waits">Why it does not run; null when it does, or is done.</param>
/// <param name="CpuMillis">Requested, thousandths of a core.</param>
/// <param name="MemoryBytes">Requested.</param>
public sealed record JobPod(
    string Namespace,
    string Name,
    long Job,
    long Project,
    string ProjectPath,
    string Runner,
    PodPhase Phase,
    PodWait? Waits,
    string? Node,
    int CpuMillis,
    long MemoryBytes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt)
{
    public bool IsActive => Phase is PodPhase.Pending or PodPhase.Running or PodPhase.Unknown;
}
