using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// Holds steps forward while gates do not pass: automatic ones always, others where the policy binds. Steps back, roll back and
/// evacuation need no gate (product.md), and a freeze window only warns people. <see cref="ApprovalGuard"/> asks for approvals itself.
/// </summary>
public sealed class GateGuard(IMigrationStore migration, IGateStore gates) : IPlanGuard
{
    /// <summary>Of its blockers, and of the warnings of plans.</summary>
    public const string Code = "gates-hold";

    public const string Override = "gates";

    public async Task<IReadOnlyList<PlanBlocker>> BlockersAsync(Plan plan, ApplyRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(request);
        if (PlanTargetJson.Read(plan.Target) is not Outcome<PlanTarget>.Done { Result: PlanTarget.ToPhase target }) return [];
        var state = await migration.StateAsync(plan.Instance, cancel);
        if (!NextStep.IsForward(state.Current, target)) return [];
        var binds = request.Who == Actor.Portal || (await migration.SettingsAsync(plan.Instance, cancel)).PolicyOf(GateSteps.PhaseOf(state)).GatesBind;
        return binds ? [.. Against(target, state, await gates.LatestAsync(plan.Instance, cancel), byPerson: request.Who != Actor.Portal).Select(why => new PlanBlocker(Code, why, Override, []))] : [];
    }

    /// <summary>Why a step forward is held, a sentence a gate; empty when all pass.</summary>
    /// <param name="byPerson">Freeze windows hold nobody then.</param>
    public static IEnumerable<string> Against(PlanTarget.ToPhase target, PhaseState state, GateEvaluation? latest, bool byPerson)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (GateSteps.Next(state) is not { Step: var step, Target: var next }) return ["Gates judge nothing after an evacuation: going up again is a person's decision."];
        if (target != next) return [$"Gates judge the next step, '{step.Title}', and this one goes beyond it."];
        if (latest is null || latest.Step != step) return ["The gates of this step have not been read yet."];
        return latest.Holding.Where(reading => reading.Gate != ApprovalsGate.Name && (!byPerson || reading.Gate != CalendarGate.Name)).Select(reading => $"{Gate.TitleOf(reading.Gate)}: {reading.Verdict.Word()}. {reading.Sentence}");
    }
}
