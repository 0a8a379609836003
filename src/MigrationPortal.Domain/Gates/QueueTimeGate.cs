namespace MigrationPortal.Domain.Gates;

/// <summary>Jobs do not wait much longer for a runner than before the step (statistics.md C.5).</summary>
public sealed class QueueTimeGate : Gate
{
    public override string Key => "queue-time";

    public override string Title => "Queue time";

    public override bool Judges(GateStage stage) => stage.Compares() || stage == GateStage.Fallback;

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        if (facts.Times is not { QueuedBefore: { } before, QueuedAfter: { } after }) return Says(GateVerdict.Unknown, "no data", "There are no jobs before and after the step whose queue times could be compared.");
        var value = $"p95 {after:0} s, was {before:0} s";
        var found = $"95 of 100 jobs wait at most {after:0} s for a runner, before the step it was {before:0} s";
        return after <= before * policy.MostQueueRatio || after - before <= policy.QueueFree.TotalSeconds
            ? Says(GateVerdict.Pass, value, $"{found}.")
            : Says(GateVerdict.Fail, value, $"{found}; allowed are {policy.MostQueueRatio:0.#} times that or {policy.QueueFree.TotalSeconds:0} s more.");
    }
}
