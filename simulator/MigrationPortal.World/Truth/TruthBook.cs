namespace MigrationPortal.World;

/// <summary>What really happened, for tests to compare with.</summary>
public sealed class TruthBook
{
    private readonly Engine engine;
    private readonly SortedDictionary<(long Hour, int Executor, JobStatus Status, FailureReason Reason, Cause Cause), int> counts = [];

    internal TruthBook(Engine engine) => this.engine = engine;

    public JobTruth Of(Job job) => new(
        job.Id, job.RanOn, job.Untagged, job.Cause, job.FailureReason, UnservedMs(job) / 1000.0);

    /// <summary>What in the job Kubernetes refuses, and in which share of its runs there, 0 to 1.</summary>
    public static (Cause Cause, double Bites) WouldMeet(Job job) => (job.Definition.Workload.Incompatibility, job.Definition.Workload.Bites);

    /// <summary>How often a project's jobs fail for reasons of infrastructure, against those of a usual project: careful ones are below 1.</summary>
    public double InfrastructureFactor(Project project) => engine.Outcomes.FactorOf(project);

    /// <summary>Finished jobs (success, failed, canceled) per hour of finishing, executor, status, reason and cause.</summary>
    /// <param name="to">Hours that begin before this.</param>
    public IReadOnlyList<HourCount> Counts(DateTimeOffset from, DateTimeOffset to)
    {
        var (first, end) = (WorldTime.Ms(from) / WorldTime.Hour * WorldTime.Hour, WorldTime.Ms(to));
        return [.. counts.Where(c => c.Key.Hour >= first && c.Key.Hour < end).Select(c => new HourCount(
            WorldTime.From(c.Key.Hour),
            c.Key.Executor < 0 ? null : (Executor)c.Key.Executor,
            c.Key.Status,
            c.Key.Reason,
            c.Key.Cause,
            c.Value))];
    }

    /// <summary>Every job class that ever had a job, in order of first use.</summary>
    public IReadOnlyList<ClassTruth> Classes() => [.. engine.Dispatcher.Classes.Select(c => new ClassTruth(
        c.Tags,
        c.Protected,
        c.Project.Id,
        c.IsServed,
        c.Waiting.Count,
        c.Jobs,
        (c.SettledUnservedMs + c.Waiting.Sum(UnservedMs)) / 1000.0))];

    /// <summary>The log of a job as <c>GET .../trace</c> gives it, up to now. Made anew on each call, always the same.</summary>
    public string Trace(Job job) => new TraceWriter(new PodBook(engine.Options), engine.Smoke).Write(job, engine.NowMs);

    /// <summary>The pod of a job that runs or ran on Kubernetes; null where there never was one.</summary>
    public JobPod? PodOf(Job job) => new PodBook(engine.Options).Of(job);

    internal void Count(Job job)
    {
        var key = (job.FinishedMs / WorldTime.Hour * WorldTime.Hour, job.RanOn is { } e ? (int)e : -1, job.Status, job.FailureReason, job.Cause);
        counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    private long UnservedMs(Job job) => job.Status == JobStatus.Pending
        ? job.Class!.UnservedClock(engine.NowMs) - job.UnservedMs
        : job.UnservedMs;
}
