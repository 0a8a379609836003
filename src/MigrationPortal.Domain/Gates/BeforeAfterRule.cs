namespace MigrationPortal.Domain.Gates;

/// <summary>
/// Kubernetes fails more often than docker did before the step, where docker no longer runs such jobs: after a person's leap from the
/// opt-in to docker's end nothing else could tell. What changes with time also moves it, so it needs more than <see cref="SequenceRule"/>.
/// </summary>
public sealed class BeforeAfterRule : DifferenceRule
{
    /// <summary>How much worse Kubernetes may be, as a fraction: the margin that statistics.md A.5 suggests for the takeover.</summary>
    public const double Tolerance = 0.0025;

    public override string Key => "before-after";

    public override string Title => "Kubernetes is worse than docker was";

    public override string Limit => $"docker no longer runs most of what Kubernetes runs, and inside the same projects Kubernetes fails more than {GateWords.Points(Tolerance)} points more often for reasons of infrastructure than docker did in the {SequenceFacts.Reach} days before the step, by a limit that holds however often one looks, over {LeastDays} to {SequenceFacts.Reach} whole days.";

    public override GuardReading Read(GuardFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.BeforeAfter is { } seen
            ? Judged(seen, Tolerance, "Against the same projects on docker before the step,")
            : Says(GuardAct.None, "not needed", "Docker still runs what Kubernetes runs, or ran too little of it before the step: there is nothing to compare with the weeks before.");
    }
}
