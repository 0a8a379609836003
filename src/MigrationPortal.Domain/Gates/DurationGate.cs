using System.Globalization;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>
/// The same job names do not run much longer on Kubernetes (statistics.md C.5). Pod scheduling counts as running in GitLab, so a
/// slow start shows here as well.
/// </summary>
public sealed class DurationGate : Gate
{
    public override string Key => "durations";

    public override string Title => "Start and run time";

    public override bool Judges(GateStage stage) => stage.Compares();

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        if (facts.Times.RanRatio is not { } ratio) return Says(GateVerdict.Unknown, "too few jobs", $"No job name has succeeded {Regressions.LeastJobs} times on both executors yet, so how long they run cannot be compared; waiting helps.");
        var times = ratio.ToString("0.00", CultureInfo.InvariantCulture);
        var found = $"Over {GateWords.Count(facts.Times.Names)} job names that ran on both, the median run time on Kubernetes is {times} times that on docker";
        return ratio <= policy.MostDurationRatio
            ? Says(GateVerdict.Pass, $"{times}\u00d7 docker", $"{found}.")
            : Says(GateVerdict.Fail, $"{times}\u00d7 docker", $"{found}; the limit is {policy.MostDurationRatio.ToString("0.0#", CultureInfo.InvariantCulture)}.");
    }
}
