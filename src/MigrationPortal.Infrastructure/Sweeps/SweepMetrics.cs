using System.Diagnostics.Metrics;
using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Runs and durations of sweeps, under the meter <c>MigrationPortal.Sweeps</c>.</summary>
internal sealed class SweepMetrics
{
    public const string MeterName = "MigrationPortal.Sweeps";

    private readonly Histogram<double> _seconds;

    public SweepMetrics(IMeterFactory meters) =>
        _seconds = meters.Create(MeterName).CreateHistogram<double>("portal.sweep.duration", "s", "Real time that a sweep's run took.");

    public void Ran(SweepState state) => _seconds.Record(
        state.Took.TotalSeconds,
        new("sweep", state.Name), new("instance", state.Instance.Name), new("outcome", state.Outcome.ToString().ToLowerInvariant()));
}
