namespace MigrationPortal.World;

/// <summary>What really happened, for tests to compare with.</summary>
public sealed class TruthBook
{
    private readonly Engine engine;

    internal TruthBook(Engine engine) => this.engine = engine;

    public JobTruth Of(Job job)
    {
        _ = engine;
        return new JobTruth(job.Id, job.RanOn, job.Untagged, job.Cause, job.FailureReason, job.UnservedMs / 1000.0);
    }

    /// <summary>Finished jobs per hour, executor, status, reason and cause, in that order.</summary>
    public IReadOnlyList<HourCount> Counts(DateTimeOffset from, DateTimeOffset to) => [];

    /// <summary>Every job class that ever had a job.</summary>
    public IReadOnlyList<ClassTruth> Classes() => [];

    /// <summary>The log of a job as <c>GET .../trace</c> gives it, up to now. Made anew on each call, always the same.</summary>
    public string Trace(Job job) => "";
}
