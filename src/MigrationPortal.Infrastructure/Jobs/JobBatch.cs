using System.Runtime.InteropServices;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>Observations joined by job, ascending by number, in the forms that PostgreSQL gives back.</summary>
internal static class JobBatch
{
    public static SortedList<long, JobObservation> Join(InstanceId instance, IReadOnlyCollection<JobObservation> observations)
    {
        var joined = new Dictionary<long, JobObservation>(observations.Count);
        foreach (var observation in observations)
        {
            if (observation.Id.Instance != instance)
                throw new ArgumentException($"Job {observation.Id} is not of instance '{instance}'.", nameof(observations));
            ref var there = ref CollectionsMarshal.GetValueRefOrAddDefault(joined, observation.Id.Number, out var isThere);
            there = isThere ? JobMerge.Merge(there!, Clean(observation)) : Clean(observation);
        }

        return new SortedList<long, JobObservation>(joined);
    }

    // Microseconds and no NUL characters: a row read back must equal the row written, or it would "change" for ever.
    // GitLab's own times are whole milliseconds, so hardly any job is copied.
    private static JobObservation Clean(JobObservation job) => IsClean(job) ? job : job with
    {
        Name = Clean(job.Name)!,
        Ref = Clean(job.Ref),
        Stage = Clean(job.Stage),
        CreatedAt = Clean(job.CreatedAt),
        QueuedAt = Clean(job.QueuedAt),
        StartedAt = Clean(job.StartedAt),
        FinishedAt = Clean(job.FinishedAt),
    };

    private static bool IsClean(JobObservation job) =>
        IsClean(job.CreatedAt) && IsClean(job.QueuedAt) && IsClean(job.StartedAt) && IsClean(job.FinishedAt) && IsClean(job.Name) && IsClean(job.Ref) && IsClean(job.Stage);

    private static bool IsClean(DateTimeOffset? at) => at is not { } time || (time.Offset == TimeSpan.Zero && time.Ticks % TimeSpan.TicksPerMicrosecond == 0);

    private static bool IsClean(string? text) => text is null || !text.Contains('\0', StringComparison.Ordinal);

    private static string? Clean(string? text) => IsClean(text) ? text : text!.Replace("\0", "", StringComparison.Ordinal);

    private static DateTimeOffset? Clean(DateTimeOffset? at) =>
        at is { } time ? new DateTimeOffset(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero) : null;
}
