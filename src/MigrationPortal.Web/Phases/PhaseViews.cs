using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Web.Phases;

/// <summary>A place on the rail. Percent of runners that accept untagged jobs; 1 means one runner.</summary>
public sealed record StepView(string Phase, int? KubernetesUntaggedPercent, int? LegacyUntaggedPercent, string Title)
{
    internal static StepView Of(PlanTarget.ToPhase step) => new(step.Phase.Key(), step.KubernetesUntaggedPercent, step.LegacyUntaggedPercent, TargetWords.Title(step));
}

/// <param name="At">The instance's time.</param>
/// <param name="Label">Short marker text of the charts.</param>
public sealed record ReachedView(string Phase, int? KubernetesUntaggedPercent, int? LegacyUntaggedPercent, bool Evacuated, DateTimeOffset At, long? OperationId, string Label)
{
    internal static ReachedView Of(PhaseReached one) =>
        new(one.Phase.Key(), one.KubernetesUntaggedPercent, one.LegacyUntaggedPercent, one.Evacuated, one.At, one.OperationId, one.Label);
}

/// <param name="State"><c>done</c>, <c>current</c>, <c>next</c> or <c>later</c>.</param>
/// <param name="Steps">The ramp of the takeover; one step elsewhere.</param>
/// <param name="Gates">Empty until gates measure something.</param>
public sealed record PhaseView(string Key, int Number, string Title, string State, IReadOnlyList<StepView> Steps, IReadOnlyList<ReachedView> Reached, IReadOnlyList<string> Gates);

/// <summary>What the phase's end state wants of the fleet as it is now.</summary>
/// <param name="BlockedBy">What would stop applying it.</param>
public sealed record PhaseDetail(PhaseView Phase, IReadOnlyList<DesiredView> DesiredState, int Changes, IReadOnlyList<PlanWarning> Warnings, IReadOnlyList<PlanBlocker> BlockedBy, PolicyView Policy);

public sealed record DesiredView(long RunnerId, string Description, string? Role, IReadOnlyList<string> TagList, bool RunUntagged, bool Paused, bool Differs, string Why);

/// <summary>What holds for a phase: how the steps out of it, and along its ramp, are taken and judged.</summary>
/// <param name="Gates">Keys of the gates that judge these steps.</param>
/// <param name="GatesBind">False: gates advise as warnings, no-runner always blocks. Automatic flips are always bound.</param>
/// <param name="Automation"><c>manual</c>, <c>scheduled</c> or <c>automatic</c>.</param>
/// <param name="Thresholds">What they judge by.</param>
/// <param name="LeastDaysToPromote">Whole days before the first look: nothing is promoted sooner.</param>
/// <param name="MostDaysToDecide">Whole days before the last look, where jobs are not too few: what is not shown by then needs a person. 0 where nothing is compared.</param>
/// <param name="KeepOptInTag">Phase 5 then keeps the opt-in tag for good.</param>
/// <param name="HealDrift">Runners that differ from the phase are put back by the portal, each difference once.</param>
/// <param name="AnnounceSteps">Everybody in GitLab is told of each step by a broadcast message of a day.</param>
public sealed record PolicyView(
    IReadOnlyList<string> Gates, bool GatesBind, int ApprovalsNeeded, IReadOnlyList<string> Approvers, string? ChangeReference, string Automation, GatePolicyView Thresholds, int LeastDaysToPromote, int MostDaysToDecide,
    IReadOnlyList<StepView> RampSteps, string OptInTag, string? FallbackTag, string StandInTag, bool KeepOptInTag, bool HealDrift, bool AnnounceSteps)
{
    internal static PolicyView Of(Phase phase, MigrationSettings settings)
    {
        var policy = settings.PolicyOf(phase);
        var stage = GateSteps.StageOf(phase);
        var compares = stage.Compares();
        return new PolicyView(
            [.. Gate.All.Where(gate => gate.Judges(stage)).Select(gate => gate.Key)], policy.GatesBind, policy.Approvals.Needed, policy.Approvals.Approvers, policy.Approvals.ChangeReference, policy.Mode.ToString().ToLowerInvariant(), GatePolicyView.Of(policy.Gates),
            compares ? policy.Gates.LeastDaysToPromote : 0, compares ? policy.Gates.MostDaysToDecide : 0, [.. NextStep.StepsOf(phase).Select(StepView.Of)], settings.OptInTag, settings.FallbackTag, settings.StandInTag, settings.KeepOptInTag, policy.HealsDrift, policy.AnnouncesSteps);
    }
}

/// <summary>What may be set; what is left out stays as it is.</summary>
/// <param name="Automation"><c>manual</c>, <c>scheduled</c> or <c>automatic</c>.</param>
/// <param name="Approvers">Actors as the audit trail names them, such as <c>user:production/12</c>; empty: whoever may approve.</param>
/// <param name="ChangeReference">A regular expression; empty asks for none.</param>
public sealed record PolicyBody(string? OptInTag, string? FallbackTag, bool? KeepOptInTag, string? Automation, bool? GatesBind, GatePolicyBody? Gates, int? ApprovalsNeeded, IReadOnlyList<string>? Approvers, string? ChangeReference, bool? HealDrift, bool? AnnounceSteps)
{
    internal PhasePolicy Edit(PhasePolicy before, FlipMode? mode) => new(mode ?? before.Mode, GatesBind ?? before.GatesBind, Gates?.Edit(before.Gates) ?? before.Gates)
    {
        HealsDrift = HealDrift ?? before.HealsDrift,
        AnnouncesSteps = AnnounceSteps ?? before.AnnouncesSteps,
        // An empty change reference asks for none.
        Approvals = new ApprovalPolicy(ApprovalsNeeded ?? before.Approvals.Needed, Approvers ?? before.Approvals.Approvers, ChangeReference is null ? before.Approvals.ChangeReference : ChangeReference.Length == 0 ? null : ChangeReference),
    };
}
