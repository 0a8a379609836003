namespace MigrationPortal.Domain.Gates;

/// <summary>The facts can be relied on: executors known, reasons read, collection not behind (statistics.md C.1).</summary>
public sealed class DataQualityGate : Gate
{
    public override string Key => "data-quality";

    public override string Title => "Data quality";

    public override bool Judges(GateStage stage) => true;

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        var (finished, known, reasons, looked) = facts.Collection;
        if (looked is null || finished == 0) return Says(GateVerdict.Unknown, "no data", "No finished job has been read yet.");
        var (share, lag) = ((double)known / finished, facts.At - looked.Value);
        var value = $"{GateWords.Percent(share)} known";
        var found = $"The executor of {GateWords.Count(known)} of {GateWords.Jobs(finished)} is known, {GateWords.Count(reasons)} failure reasons are still to be read, and the jobs were looked at {Math.Max(0, lag.TotalMinutes):0} minutes ago";
        if (share < policy.LeastExecutorKnown) return Says(GateVerdict.Unknown, value, $"{found}; {GateWords.Percent(policy.LeastExecutorKnown)} must be known.");
        if (lag > policy.MostLag) return Says(GateVerdict.Unknown, $"{lag.TotalMinutes:0} min behind", $"{found}; at most {policy.MostLag.TotalMinutes:0} minutes are allowed.");
        return Says(GateVerdict.Pass, value, $"{found}.");
    }
}
