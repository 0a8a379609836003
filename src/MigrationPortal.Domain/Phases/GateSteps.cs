using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Domain.Phases;

/// <summary>Which step the gates judge now: the one that the rail leads to next.</summary>
public static class GateSteps
{
    /// <returns>Null at the end of the rail, and after an evacuation: the way back up is a person's decision.</returns>
    public static (GateStep Step, PlanTarget.ToPhase Target)? Next(PhaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Current is { Evacuated: true } || NextStep.Of(state.Current) is not { } target) return null;
        return (new GateStep(KeyOf(target), TargetWords.Title(target), StageOf(PhaseOf(state)), state.Current?.At, EvidenceSince(state)) { IsCanary = state.Current is { Phase: Phase.UntaggedTakeover, KubernetesUntaggedPercent: 1 } }, target);
    }

    /// <summary>The phase whose policy holds: the present one; before the first step, the one that it leads into.</summary>
    public static Phase PhaseOf(PhaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Current?.Phase ?? Phase.Prepare;
    }

    /// <summary>How far back the next step's evidence goes: its looks wait for jobs as long as it takes, and judge all of it each time.</summary>
    /// <returns>The first whole UTC day; null when the next step compares nothing.</returns>
    public static DateOnly? EvidenceFrom(PhaseState state, MigrationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Next(state) is { Step: var step } && step.Stage.Compares() ? LookPlan.Of(step, settings.PolicyOf(PhaseOf(state)).Gates)?.EvidenceFrom : null;
    }

    /// <summary>Of the steps out of a phase, and along its ramp.</summary>
    public static GateStage StageOf(Phase phase) => phase switch
    {
        Phase.Prepare => GateStage.Start,
        Phase.OptIn => GateStage.Cohort,
        Phase.UntaggedTakeover => GateStage.Overlap,
        Phase.DockerFallback => GateStage.Fallback,
        _ => GateStage.End,
    };

    private static string KeyOf(PlanTarget.ToPhase target) => target.Phase == Phase.UntaggedTakeover
        ? FormattableString.Invariant($"{target.Phase.Key()}/{target.KubernetesUntaggedPercent ?? 100}/{target.LegacyUntaggedPercent ?? 0}")
        : target.Phase.Key();

    // The run of entries of the present phase at the end of the history: an evacuation in between begins the evidence anew.
    private static DateTimeOffset? EvidenceSince(PhaseState state) => state.Current is not { } current
        ? null
        : state.History.Reverse().TakeWhile(one => one.Phase == current.Phase && !one.Evacuated).Select(one => (DateTimeOffset?)one.At).LastOrDefault() ?? current.At;
}
