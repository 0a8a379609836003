using System.Globalization;
using System.Text.Json;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>The body of a job event: the runner's tags, but neither the job's own tags nor manager nor executor.</summary>
internal static class JobEventPayload
{
    /// <summary>Must run inside the world's lock.</summary>
    /// <param name="world">Where the job lives.</param>
    /// <param name="job">May be further than <paramref name="status"/> by now; what came later is left out.</param>
    /// <param name="status">The status entered.</param>
    /// <param name="baseUrl">The instance's address.</param>
    public static string Of(GitLabWorld world, Job job, JobStatus status, string baseUrl)
    {
        var started = status is JobStatus.Created or JobStatus.Pending or JobStatus.Manual ? null : job.StartedAt;
        var finished = status.IsFinal() ? job.FinishedAt : null;
        var queued = job.QueuedAt is { } q && started is { } s ? (s - q).TotalSeconds : (double?)null;
        var project = job.Project;
        return JsonSerializer.Serialize(
            new
            {
                ObjectKind = "build",
                job.Ref,
                Tag = job.IsTag,
                job.Pipeline.BeforeSha,
                job.Pipeline.Sha,
                RetriesCount = job.Attempt - 1,
                BuildId = job.Id,
                BuildName = job.Name,
                BuildStage = job.Stage,
                BuildStatus = status.Wire(),
                BuildCreatedAt = Time(job.CreatedAt),
                BuildStartedAt = Time(started),
                BuildFinishedAt = Time(finished),
                BuildDuration = started is { } b && finished is { } f ? (f - b).TotalSeconds : (double?)null,
                BuildQueuedDuration = queued,
                BuildAllowFailure = job.AllowFailure,
                BuildFailureReason = (status == JobStatus.Failed ? job.FailureReason : FailureReason.None).Wire(),
                PipelineId = job.Pipeline.Id,
                Runner = started is null ? null : Runner(job.Runner),
                ProjectId = project.Id,
                ProjectName = project.FullName,
                User = new { job.User.Id, job.User.Name, job.User.Username, AvatarUrl = (string?)null, Email = "[REDACTED]" },
                Commit = Commit(world, job),
                Repository = new
                {
                    project.Name,
                    Url = $"git@gitlab.example.org:{project.FullPath}.git",
                    project.Description,
                    Homepage = $"{baseUrl}/{project.FullPath}",
                    GitHttpUrl = $"{baseUrl}/{project.FullPath}.git",
                    GitSshUrl = $"git@gitlab.example.org:{project.FullPath}.git",
                    VisibilityLevel = (int)project.Visibility * 10,
                },
                Project = new
                {
                    project.Id,
                    project.Name,
                    project.Description,
                    WebUrl = $"{baseUrl}/{project.FullPath}",
                    AvatarUrl = (string?)null,
                    Namespace = project.Namespace.Name,
                    VisibilityLevel = (int)project.Visibility * 10,
                    PathWithNamespace = project.FullPath,
                    project.DefaultBranch,
                    project.CiConfigPath,
                },
                Environment = job.Definition.Environment is { } name ? new { Name = name, Action = "start" } : null,
            },
            GitLabJson.Options);
    }

    private static object? Runner(Runner? runner) => runner is null ? null : new
    {
        runner.Id,
        runner.Description,
        RunnerType = runner.Type.Of(),
        Active = !runner.Paused,
        IsShared = runner.Type == RunnerType.Instance,
        Tags = runner.TagList,
    };

    private static object Commit(GitLabWorld world, Job job)
    {
        var commit = world.Code.CommitOf(job.Pipeline);
        var pipeline = job.Pipeline;
        return new
        {
            pipeline.Id,
            Name = (string?)null,
            pipeline.Sha,
            commit.Message,
            commit.AuthorName,
            commit.AuthorEmail,
            AuthorUrl = $"mailto:{commit.AuthorEmail}",
            Status = pipeline.Status.Wire(),
            Duration = pipeline is { StartedAt: { } s, FinishedAt: { } f } ? (long?)(f - s).TotalSeconds : null,
            StartedAt = Time(pipeline.StartedAt),
            FinishedAt = Time(pipeline.FinishedAt),
        };
    }

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
