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
            var clean = Clean(observation);
            joined[clean.Id.Number] = joined.TryGetValue(clean.Id.Number, out var there) ? JobMerge.Merge(there, clean) : clean;
        }

        return new SortedList<long, JobObservation>(joined);
    }

    // Microseconds and no NUL characters: a row read back must equal the row written, or it would "change" for ever.
    private static JobObservation Clean(JobObservation job) => job with
    {
        Name = Clean(job.Name)!,
        Ref = Clean(job.Ref),
        Stage = Clean(job.Stage),
        CreatedAt = Clean(job.CreatedAt),
        QueuedAt = Clean(job.QueuedAt),
        StartedAt = Clean(job.StartedAt),
        FinishedAt = Clean(job.FinishedAt),
    };

    private static string? Clean(string? text) =>
        text is not null && text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    private static DateTimeOffset? Clean(DateTimeOffset? at) =>
        at is { } time ? new DateTimeOffset(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero) : null;
}
