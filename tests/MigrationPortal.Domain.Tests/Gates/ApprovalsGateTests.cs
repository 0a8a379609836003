using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Domain.Tests.Gates;

/// <summary>How approvals read before there is a plan, while it waits for them, and after.</summary>
public sealed class ApprovalsGateTests
{
    [Theory]
    [InlineData(0, null, null, 0, false, null, GateVerdict.Pass, "none asked", "No approval is asked for.")]
    [InlineData(0, null, null, 0, false, "CHG\\d+", GateVerdict.Pass, "none asked", "No approval is asked for. Whoever applies it gives a change reference that matches CHG\\d+.")]
    [InlineData(0, null, null, 0, true, "CHG\\d+", GateVerdict.Wait, "needs a change reference", "A change reference that matches CHG\\d+ is asked for, and only a person can give one: apply the plan with it, or take it out of the policy.")]
    [InlineData(2, null, null, 0, false, null, GateVerdict.Wait, "0 of 2, no plan yet", "2 approvals are needed, and asked for once there is a plan of this step: make it. Approvers are user:production/2.")]
    [InlineData(1, null, null, 0, true, null, GateVerdict.Wait, "0 of 1, no plan yet", "1 approval is needed, and asked for once there is a plan of this step: the portal makes it when all other gates pass. Approvers are user:production/2.")]
    [InlineData(1, null, 7L, 0, true, null, GateVerdict.Wait, "0 of 1, no plan yet", "1 approval is needed, and asked for once there is a plan of this step: plan 7 no longer fits the fleet, and its approvals ended with it. Approvers are user:production/2.")]
    [InlineData(2, 8L, null, 1, false, null, GateVerdict.Wait, "1 of 2, plan 8", "Plan 8 has 1 of 2 approvals; its author's own does not count. Approvers are user:production/2.")]
    [InlineData(1, 8L, null, 0, false, null, GateVerdict.Wait, "0 of 1, plan 8", "Plan 8 has 0 of 1 approval. Approvers are user:production/2.")]
    [InlineData(2, 8L, null, 2, false, null, GateVerdict.Pass, "2 of 2, plan 8", "Plan 8 has all approvals that are asked for, 2 of 2.")]
    public void Reading(int needed, long? plan, long? outdated, int given, bool byItself, string? reference, GateVerdict verdict, string value, string sentence) =>
        new ApprovalsGate().Read(GateWorld.Facts(7) with { Approvals = new ApprovalFacts(needed, ["user:production/2"], reference, plan, outdated, given, byItself) }, GateWorld.Policy)
            .ShouldBe(new GateReading("approvals", verdict, value, sentence));
}
