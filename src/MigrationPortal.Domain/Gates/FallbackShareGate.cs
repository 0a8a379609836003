namespace MigrationPortal.Domain.Gates;

/// <summary>Share of jobs that ask for the fallback tag: who still needs docker (product.md, Gates).</summary>
public sealed class FallbackShareGate : Gate
{
    public override string Key => "fallback-share";

    public override string Title => "Fallback share";

    public override bool Judges(GateStage stage) => stage is GateStage.Fallback or GateStage.End;

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        var (tag, asked, finished) = facts.Fallback;
        if (tag is null || finished == 0) return Says(GateVerdict.Unknown, "no data", "No job whose tags are known has finished, so it is not known who needs the fallback.");
        var share = (double)asked / finished;
        var (value, found) = ($"{GateWords.Percent(share)}, limit {GateWords.Percent(policy.MostFallbackShare)}", $"{GateWords.Count(asked)} of {GateWords.Jobs(finished)} ({GateWords.Percent(share)}) asked for {tag}");
        return share > policy.MostFallbackShare
            ? Says(GateVerdict.Fail, value, $"{found}; the limit is {GateWords.Percent(policy.MostFallbackShare)}.")
            : Says(GateVerdict.Pass, value, $"{found}.");
    }
}
