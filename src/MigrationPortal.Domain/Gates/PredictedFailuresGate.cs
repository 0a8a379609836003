namespace MigrationPortal.Domain.Gates;

/// <summary>Jobs a day with a blocking readiness finding, neither pinned nor acknowledged (product.md, Gates).</summary>
public sealed class PredictedFailuresGate : Gate
{
    public const string Name = "predicted-failures";

    public override string Key => Name;

    public override string Title => "Predicted failures";

    public override bool Judges(GateStage stage) => stage.Compares();

    public override GateReading Read(GateFacts facts, GatePolicy policy) => facts.PredictedFailuresPerDay switch
    {
        null => Says(GateVerdict.Unknown, "not scanned", "No CI file has been scanned, so it is not known which jobs would fail after the step."),
        { } jobs when jobs > policy.MostPredicted => Says(GateVerdict.Fail, $"{jobs:0}, limit {policy.MostPredicted:0}", $"About {jobs:#,##0} jobs a day are predicted to fail after the step; the limit is {policy.MostPredicted:#,##0}."),
        { } jobs => Says(GateVerdict.Pass, $"{jobs:0}, limit {policy.MostPredicted:0}", $"About {jobs:#,##0} jobs a day are predicted to fail after the step; up to {policy.MostPredicted:#,##0} are accepted."),
    };
}
