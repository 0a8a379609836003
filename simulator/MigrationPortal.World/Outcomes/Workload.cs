namespace MigrationPortal.World;

/// <summary>What a job's CI file asks of the machine, read from its text once.</summary>
/// <param name="Incompatibility">What fails on Kubernetes, or <see cref="Cause.None"/>.</param>
/// <param name="MedianSeconds">Typical run time of the script.</param>
/// <param name="Bites">Share of Kubernetes runs in which the incompatibility shows, 0 to 1.</param>
internal sealed record Workload(Cause Incompatibility, double MedianSeconds, double Bites = 1)
{
    /// <summary>Its script asks what its pod is like, and does nothing else.</summary>
    public bool Asks { get; init; }

    public static Workload Plain { get; } = new(Cause.None, 60);
}
