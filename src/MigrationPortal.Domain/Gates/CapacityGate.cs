namespace MigrationPortal.Domain.Gates;

/// <summary>The Kubernetes runners are there: each unpaused one was in contact within five minutes (product.md, Words: served).</summary>
public sealed class CapacityGate : Gate
{
    public override string Key => "capacity";

    public override string Title => "Capacity";

    public override bool Judges(GateStage stage) => true;

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        var (runners, inContact) = facts.Capacity;
        if (runners == 0) return Says(GateVerdict.Fail, "no runners", "No managed Kubernetes runner is there and unpaused.");
        var value = $"{inContact} of {runners} in contact";
        var found = $"{inContact} of {runners} Kubernetes runners were in contact with GitLab in the last five minutes";
        return inContact < runners * policy.LeastInContact ? Says(GateVerdict.Fail, value, $"{found}.") : Says(GateVerdict.Pass, value, $"{found}.");
    }
}
