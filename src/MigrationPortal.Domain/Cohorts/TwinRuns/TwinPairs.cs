using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>What pairs say of the executors together (statistics.md, twin runs: paired binary). Failures of every kind, as GitLab's reasons are not reliable on Kubernetes.</summary>
/// <param name="Pairs">Runs that are pairs, the newest first.</param>
public sealed record TwinPairs(IReadOnlyList<TwinRun> Pairs)
{
    public Twins Counts { get; } = new(Pairs.Count, Pairs.Count(run => FailedOnKubernetes(run) && !FailedOnDocker(run)), Pairs.Count(run => FailedOnDocker(run) && !FailedOnKubernetes(run)));

    /// <summary>Tango's 95 % limits of Kubernetes − docker as fractions; null without pairs.</summary>
    public (double Low, double High)? Limits => TangoInterval.Of(Counts);

    /// <summary>McNemar's exact chance of so many that fail on Kubernetes alone if neither were worse; null without pairs.</summary>
    public double? Chance => Pairs.Count == 0 ? null : McNemarTest.Worse(Counts);

    public static bool FailedOnKubernetes(TwinRun run) => run.Kubernetes?.Status == JobStatus.Failed;

    public static bool FailedOnDocker(TwinRun run) => run.Docker?.Status == JobStatus.Failed;
}
