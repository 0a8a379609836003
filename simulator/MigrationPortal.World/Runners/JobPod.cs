namespace MigrationPortal.World;

/// <summary>What keeps or takes a job's pod from running.</summary>
public enum PodTrouble
{
    None,

    /// <summary>Its image cannot be had.</summary>
    ImagePull,

    /// <summary>Its image takes longer than the runner waits.</summary>
    SlowImagePull,

    /// <summary>No node has room for it.</summary>
    Unschedulable,

    /// <summary>Its node ran short of disk and sent it away.</summary>
    Evicted,

    /// <summary>Its build container used more memory than allowed.</summary>
    OutOfMemory,
}

/// <summary>The pod of a job on Kubernetes.</summary>
/// <param name="SlotName">The name without its random end; jobs that follow each other in one slot share it.</param>
/// <param name="RunsFrom">When its containers run; null if they never will.</param>
public sealed record JobPod(string Name, string SlotName, DateTimeOffset? RunsFrom, PodTrouble Trouble);

/// <summary>Names pods and tells how they fare, always the same for the same job.</summary>
internal sealed class PodBook(WorldOptions options)
{
    /// <summary>Null: it was not taken by a manager on Kubernetes, or failed before there was a pod.</summary>
    public JobPod? Of(Job job)
    {
        if (job.RanOn != Executor.Kubernetes || job.Taker is null)
        {
            return null;
        }

        var cause = job.Ending?.Cause ?? job.Cause;
        if (cause is Cause.ServiceAlias or Cause.PullPolicy || (IsInfrastructure(cause) && KindOf(job) == NotFound))
        {
            return null;
        }

        var trouble = cause switch
        {
            Cause.LocalImage => PodTrouble.ImagePull,
            Cause.SlowImagePull => PodTrouble.SlowImagePull,
            Cause.OutOfMemory => PodTrouble.OutOfMemory,
            Cause.Infrastructure or Cause.Incident => KindOf(job) == NoRoom ? PodTrouble.Unschedulable : PodTrouble.Evicted,
            _ => PodTrouble.None,
        };
        var runs = trouble is PodTrouble.ImagePull or PodTrouble.SlowImagePull or PodTrouble.Unschedulable ? (DateTimeOffset?)null
            : WorldTime.From(job.StartedMs + (long)(1000 * OutcomeModel.Startup(Executor.Kubernetes, new Draw(options.Seed, For.Duration, job.Id))));
        var slot = SlotName(job);
        return new JobPod(NameOf(job), slot, runs, trouble);
    }

    public string NameOf(Job job) => $"{SlotName(job)}-{new Draw(options.Seed, For.Trace, job.Id).Sha()[..8]}";

    /// <summary>Which of several infrastructure failures it was.</summary>
    public int KindOf(Job job) => new Draw(options.Seed, For.Trace, job.Id).Below(3);

    public const int NoRoom = 0;
    public const int Disrupted = 1;
    private const int NotFound = 2;

    private static bool IsInfrastructure(Cause cause) => cause is Cause.Infrastructure or Cause.Incident;

    private string SlotName(Job job) =>
        $"runner-{job.Taker!.Runner.ShortToken.ToLowerInvariant()}-project-{job.Project.Id}-concurrent-{new Draw(options.Seed, For.Trace, job.Id).Below(9, 1)}";
}
