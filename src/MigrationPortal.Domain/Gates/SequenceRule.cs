namespace MigrationPortal.Domain.Gates;

/// <summary>Kubernetes is worse inside the same projects, at the same time.</summary>
public sealed class SequenceRule : DifferenceRule
{
    /// <summary>How much worse Kubernetes may be: not at all.</summary>
    public const double Tolerance = 0;

    public override string Key => "sequence";

    public override string Title => "Kubernetes is worse than docker";

    public override string Limit => $"inside the same projects Kubernetes fails more often than docker for reasons of infrastructure, by a limit that holds however often one looks, over {LeastDays} whole days of the present state or more.";

    public override GuardReading Read(GuardFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Sequence is { } seen
            ? Judged(seen, Tolerance, "Inside the same projects")
            : Says(GuardAct.None, "no data", "Since the present state was reached, no project finished jobs on both executors over two whole days.");
    }
}
