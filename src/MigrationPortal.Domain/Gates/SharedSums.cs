using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>What strata with jobs on both executors hold by each day, read forwards: tells cheaply that a look need not be tried.</summary>
internal sealed class SharedSums(GateFacts facts, GatePolicy policy, DateOnly from)
{
    private readonly List<ArmDay> _arms = [.. Comparisons.Counted(facts, policy, from, DateOnly.MaxValue).OrderBy(arm => arm.Day)];
    private readonly Dictionary<string, (ArmCounts Kubernetes, ArmCounts Docker)> _strata = new(StringComparer.Ordinal);
    private int _read;

    /// <param name="day">Never before the last one that was asked for; its own jobs do not count.</param>
    public (Rate Kubernetes, Rate Docker) Until(DateOnly day, bool all)
    {
        for (; _read < _arms.Count && _arms[_read].Day < day; _read++)
        {
            var (arm, stratum) = (_arms[_read], Comparisons.Stratum(facts.Step.Stage, _arms[_read]));
            var (kubernetes, docker) = _strata.GetValueOrDefault(stratum);
            _strata[stratum] = (kubernetes + arm.Kubernetes, docker + arm.Docker);
        }

        var sum = _strata.Values.Where(one => one.Kubernetes.Finished > 0 && one.Docker.Finished > 0)
            .Aggregate((K: default(ArmCounts), D: default(ArmCounts)), (sum, one) => (sum.K + one.Kubernetes, sum.D + one.Docker));
        return (sum.K.Rate(all), sum.D.Rate(all));
    }
}
