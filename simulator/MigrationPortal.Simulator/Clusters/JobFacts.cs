using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>What a pod tells of its job, read at one moment so that nothing needs the world later.</summary>
internal sealed record JobFacts(Instance Instance, long Id, string SystemId, JobPod Pod)
{
    public required string ShortToken { get; init; }

    public required string RunnerName { get; init; }

    public required string Version { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string Url { get; init; }

    public required string Name { get; init; }

    public required string Ref { get; init; }

    public required string Sha { get; init; }

    public required int TimeoutSeconds { get; init; }

    public required (int Id, string Name) Project { get; init; }

    public required (int Id, string Path) Namespace { get; init; }

    public required (int Id, string Path) RootNamespace { get; init; }

    public required string? Image { get; init; }

    public required IReadOnlyList<JobService> Services { get; init; }

    /// <summary>Null: it does not run in a pod. Must run inside the world's lock.</summary>
    public static JobFacts? Of(Instance instance, GitLabWorld world, Job job)
    {
        if (job.Manager is not { } manager || world.Truth.PodOf(job) is not { } pod)
        {
            return null;
        }

        var root = job.Project.Namespace.SelfAndAncestors().Last();
        return new JobFacts(instance, job.Id, manager.SystemId, pod)
        {
            ShortToken = manager.Runner.ShortToken,
            RunnerName = manager.Runner.Description ?? $"runner-{manager.Runner.Id}",
            Version = manager.Version,
            StartedAt = job.StartedAt ?? world.Now,
            Url = $"{instance.Address}/{job.Project.FullPath}/-/jobs/{job.Id}",
            Name = job.Name,
            Ref = job.Ref,
            Sha = job.Pipeline.Sha,
            TimeoutSeconds = job.Definition.Timeout ?? job.Project.BuildTimeout,
            Project = (job.Project.Id, job.Project.Path),
            Namespace = (job.Project.Namespace.Id, job.Project.Namespace.FullPath),
            RootNamespace = (root.Id, root.FullPath),
            Image = job.Definition.Image,
            Services = job.Definition.Services,
        };
    }
}
