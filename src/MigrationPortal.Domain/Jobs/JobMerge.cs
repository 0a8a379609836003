using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>
/// Joins what several sources said about one job. Each field is joined by an order of its own values, with "not
/// known" lowest, never by arrival: so any batch, in any order, seen any number of times, ends in the same job.
/// </summary>
public static class JobMerge
{
    /// <exception cref="ArgumentException">The observations are of two different jobs.</exception>
    public static JobObservation Merge(JobObservation one, JobObservation other)
    {
        if (one.Id != other.Id) throw new ArgumentException($"Job {one.Id} is not job {other.Id}.", nameof(other));
        var status = one.Status.Rank() >= other.Status.Rank() ? one.Status : other.Status;
        return one with
        {
            Project = one.Project.Number >= other.Project.Number ? one.Project : other.Project,
            Status = status,
            Source = one.Source <= other.Source ? one.Source : other.Source,
            Name = Later(one.Name, other.Name)!,
            Stage = Later(one.Stage, other.Stage),
            Ref = Later(one.Ref, other.Ref),
            Protected = Later(one.Protected, other.Protected),
            PipelineSource = Later(one.PipelineSource, other.PipelineSource),
            PipelineId = Later(one.PipelineId, other.PipelineId),
            Tags = Later(one.Tags, other.Tags),
            CreatedAt = Later(one.CreatedAt, other.CreatedAt),
            QueuedAt = Later(one.QueuedAt, other.QueuedAt),
            StartedAt = Later(one.StartedAt, other.StartedAt),
            FinishedAt = Later(Finish(one, status), Finish(other, status)),
            RunnerNumber = Later(one.RunnerNumber, other.RunnerNumber),
            SystemId = Later(one.SystemId, other.SystemId),
            Executor = Known(one.Executor, other.Executor),
            FailureReason = Later(one.FailureReason, other.FailureReason),
            Retried = Later(one.Retried, other.Retried),
            AllowFailure = Later(one.AllowFailure, other.AllowFailure),
        };
    }

    // A retried pipeline takes skipped jobs up again under their old numbers: what runs has not finished, whenever it was skipped.
    private static DateTimeOffset? Finish(JobObservation seen, JobStatus status) =>
        status.IsFinal() && seen.Status.IsFinal() && (seen.Status == JobStatus.Skipped) == (status == JobStatus.Skipped) ? seen.FinishedAt : null;

    private static string? Later(string? one, string? other) => string.CompareOrdinal(one, other) >= 0 ? one : other;

    private static T? Later<T>(T? one, T? other) where T : struct => Comparer<T?>.Default.Compare(one, other) >= 0 ? one : other;

    private static TagSet? Later(TagSet? one, TagSet? other)
    {
        if (one is null || other is null) return one ?? other;
        return string.CompareOrdinal(string.Join(',', one), string.Join(',', other)) >= 0 ? one : other;
    }

    // "unknown" is what GitLab says of a manager that has not told yet: any name is better.
    private static Fleet.Executor? Known(Fleet.Executor? one, Fleet.Executor? other)
    {
        if (one is null || other is null) return one ?? other;
        if (one == Fleet.Executor.Unknown) return other;
        if (other == Fleet.Executor.Unknown) return one;
        return string.CompareOrdinal(one.Value.Name, other.Value.Name) >= 0 ? one : other;
    }
}
