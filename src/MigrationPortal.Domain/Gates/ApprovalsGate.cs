namespace MigrationPortal.Domain.Gates;

/// <summary>What people have decided about the plan of the step, at the moment of the facts.</summary>
/// <param name="Needed">How many approvals the phase's policy asks for; 0: none.</param>
/// <param name="ChangeReference">The pattern that a change reference must match; null: none is asked for.</param>
/// <param name="Plan">The newest plan of this step that fits the fleet; null: none does.</param>
/// <param name="Outdated">The newest plan of this step, when the fleet has changed since; its approvals ended with it.</param>
/// <param name="Given">Approvals of <paramref name="Plan"/> that count.</param>
/// <param name="ByItself">The portal would apply it, and has no change reference to give.</param>
public sealed record ApprovalFacts(int Needed, IReadOnlyList<string> Approvers, string? ChangeReference, long? Plan, long? Outdated, int Given, bool ByItself);

/// <summary>N of the named approvers said yes to the plan of the step (product.md, Gates). <c>ApprovalGuard</c> asks again when it is applied.</summary>
public sealed class ApprovalsGate : Gate
{
    public const string Name = "approvals";

    public override string Key => Name;

    public override string Title => "Approvals";

    public override bool MayBeInShadow => false;

    public override bool Judges(GateStage stage) => true;

    public override bool Knows(GateFacts facts) => facts.Approvals is not null;

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        var asked = facts.Approvals!;
        if (asked is { ChangeReference: { } pattern, ByItself: true })
            return Says(GateVerdict.Wait, "needs a change reference", $"A change reference that matches {pattern} is asked for, and only a person can give one: apply the plan with it, or take it out of the policy.");
        var reference = asked.ChangeReference is { } needed ? $" Whoever applies it gives a change reference that matches {needed}." : "";
        if (asked.Needed == 0) return Says(GateVerdict.Pass, "none asked", $"No approval is asked for.{reference}");
        var (value, by) = ($"{asked.Given} of {asked.Needed}", asked.Approvers.Count == 0 ? "" : $" Approvers are {string.Join(", ", asked.Approvers)}.");
        if (asked.Plan is not { } plan)
            return Says(
                GateVerdict.Wait, $"{value}, no plan yet",
                $"{Yes(asked.Needed)} needed, and asked for once there is a plan of this step: {(asked.Outdated is { } old ? $"plan {old} no longer fits the fleet, and its approvals ended with it" : asked.ByItself ? "the portal makes it when all other gates pass" : "make it")}.{by}");
        return asked.Given < asked.Needed
            ? Says(GateVerdict.Wait, $"{value}, plan {plan}", $"Plan {plan} has {asked.Given} of {Yes(asked.Needed, "")}{(asked.Needed > 1 ? "; its author's own does not count" : "")}.{by}")
            : Says(GateVerdict.Pass, $"{value}, plan {plan}", $"Plan {plan} has all approvals that are asked for, {value}.{reference}");
    }

    private static string Yes(int number, string verb = " is") => number == 1 ? $"1 approval{verb}" : $"{number} approvals{(verb.Length > 0 ? " are" : "")}";
}
