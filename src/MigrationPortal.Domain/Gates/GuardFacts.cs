namespace MigrationPortal.Domain.Gates;

/// <summary>
/// All that the fast roll back is decided from, read at one moment (statistics.md C). Stored with each reading that is not "none":
/// the same facts give the same act again.
/// </summary>
/// <param name="At">The instance's time.</param>
/// <param name="Since">When the present state was reached: what began before says nothing of it.</param>
/// <param name="LookedAt">When jobs were last looked at; null: never.</param>
/// <param name="DockerUsual">Of the 14 whole days before.</param>
/// <param name="KubernetesUsual">The same of Kubernetes.</param>
/// <param name="Sequence">Null while nothing can be compared.</param>
/// <param name="Before">Keys of rules that the evaluation just before found breached in the same state.</param>
public sealed record GuardFacts(
    DateTimeOffset At,
    DateTimeOffset Since,
    DateTimeOffset? LookedAt,
    HourFacts Hour,
    ArmCounts DockerUsual,
    ArmCounts KubernetesUsual,
    SequenceFacts? Sequence,
    StuckFacts Stuck,
    ContactFacts Contact,
    StartFacts Starts,
    IReadOnlyList<string> Before)
{
    /// <summary>Against docker before the step; null while docker still runs the same jobs.</summary>
    public SequenceFacts? BeforeAfter { get; init; }
}

/// <summary>First attempts on managed runners that finished in the last 60 minutes and started since the present state was reached.</summary>
/// <param name="FailingProjects">Of Kubernetes's failures, whatever the reason.</param>
/// <param name="InfrastructureProjects">Of those of infrastructure.</param>
public sealed record HourFacts(ArmCounts Kubernetes, int FailingProjects, int InfrastructureProjects, ArmCounts Docker);

/// <summary>Pending jobs that some runner would take again if the last step were rolled back, and does not take now.</summary>
/// <param name="NoRunner">Nobody takes them now.</param>
/// <param name="TooOld">Others that wait longer than the policy's limit.</param>
/// <param name="OldProjects">In how many projects those are.</param>
/// <param name="Brownout">Pending jobs that ask for a tag which a brownout has taken away: expected, and not among the others.</param>
public sealed record StuckFacts(long NoRunner, long TooOld, int OldProjects, long Brownout);

/// <param name="TakenAt">Of the snapshot; null: none yet.</param>
/// <param name="Kubernetes">Managed Kubernetes runners that are not paused.</param>
/// <param name="DockerInContact">Managed legacy runners in contact, paused or not: who could take over.</param>
public sealed record ContactFacts(DateTimeOffset? TakenAt, int Kubernetes, int KubernetesInContact, int DockerInContact);

/// <param name="Kubernetes">Jobs that managed Kubernetes runners started in the last ten minutes.</param>
/// <param name="Waiting">Pending jobs, older than that, which an unpaused managed Kubernetes runner matches.</param>
public sealed record StartFacts(long Kubernetes, long Waiting);
