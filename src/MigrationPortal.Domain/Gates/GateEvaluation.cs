using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>All gates of a step, read at one moment and unchanged since.</summary>
/// <param name="From">The instance's time of the first reading.</param>
/// <param name="Until">Of the last one that said the same.</param>
/// <param name="Verdict">Of those that count: the worst.</param>
/// <param name="Readings">In the order of <see cref="Gate.All"/>.</param>
/// <param name="Shadow">Keys of those that do not count.</param>
/// <param name="OperationId">The operation that the portal began by itself because of it: from then on it stays as it is.</param>
public sealed record GateEvaluation(
    long Id, InstanceId Instance, GateStep Step, DateTimeOffset From, DateTimeOffset Until, GateVerdict Verdict, IReadOnlyList<GateReading> Readings, IReadOnlyList<string> Shadow,
    long? OperationId = null)
{
    /// <summary>Pure: replaying the stored facts and policy gives the same.</summary>
    public static GateEvaluation Of(InstanceId instance, GateFacts facts, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        var readings = Gate.All.Where(gate => gate.Judges(facts.Step.Stage) && gate.Knows(facts)).Select(gate => gate.Read(facts, policy)).ToList();
        return new GateEvaluation(0, instance, facts.Step, facts.At, facts.At, Worst(readings, policy.Shadow), readings, policy.Shadow);
    }

    /// <summary>What holds the step: everything that counts and does not pass, bad news first.</summary>
    public IEnumerable<GateReading> Holding => Readings.Where(reading => reading.Verdict != GateVerdict.Pass && !Shadow.Contains(reading.Gate, StringComparer.Ordinal)).OrderBy(reading => reading.Verdict);

    /// <summary>Whether every gate still says the same, whatever its numbers.</summary>
    public bool SaysTheSame(GateEvaluation other) =>
        other is not null && other.Step.Key == Step.Key && other.Step.Since == Step.Since && other.Shadow.SequenceEqual(Shadow)
        && other.Readings.Select(reading => (reading.Gate, reading.Verdict)).SequenceEqual(Readings.Select(reading => (reading.Gate, reading.Verdict)));

    private static GateVerdict Worst(List<GateReading> readings, IReadOnlyList<string> shadow) =>
        readings.Where(reading => !shadow.Contains(reading.Gate, StringComparer.Ordinal)).Select(reading => reading.Verdict).DefaultIfEmpty(GateVerdict.Unknown).Min();
}
