namespace MigrationPortal.Domain.Gates;

/// <summary>Pending jobs that no runner can take, or older than a limit (product.md, Gates).</summary>
public sealed class StuckJobsGate : Gate
{
    public override string Key => "stuck-jobs";

    public override string Title => "Stuck jobs";

    public override bool Judges(GateStage stage) => true;

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        var (pending, stuck) = (facts.Pending, facts.Pending.NoRunner + facts.Pending.TooOld);
        var value = $"{GateWords.Count(stuck)} of {GateWords.Count(pending.Jobs)}";
        var found = $"{GateWords.Count(pending.NoRunner)} of {GateWords.Count(pending.Jobs)} pending jobs have no runner that can take them, {GateWords.Count(pending.TooOld)} more wait longer than {policy.StuckAfter.TotalMinutes:0} minutes";
        return stuck > policy.MostStuck
            ? Says(GateVerdict.Fail, value, $"{found}; the limit is {GateWords.Count(policy.MostStuck)} together.")
            : Says(GateVerdict.Pass, value, $"{found}.");
    }
}
