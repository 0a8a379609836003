namespace MigrationPortal.Domain.Gates;

/// <summary>
/// Pending jobs that no runner can take, or older than a limit (product.md, Gates). Jobs that ask for a tag that no runner ever
/// carried are told but not counted: every instance has some, and they would hold a migration for good.
/// </summary>
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
        var apart = pending.NeverCarried == 0 ? "" : $" {GateWords.Count(pending.NeverCarried)} more ask for tags that no runner has ever carried, whatever the migration does, and are not counted.";
        return stuck > policy.MostStuck
            ? Says(GateVerdict.Fail, value, $"{found}; the limit is {GateWords.Count(policy.MostStuck)} together.{apart}")
            : Says(GateVerdict.Pass, value, $"{found}.{apart}");
    }
}
