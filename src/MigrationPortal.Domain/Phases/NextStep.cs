namespace MigrationPortal.Domain.Phases;

/// <summary>What comes next on the rail, with the default ramps: Kubernetes one runner, 50, 100 %; then legacy 75, 50, 25, 0 %.</summary>
public static class NextStep
{
    private static readonly PlanTarget.ToPhase[] Rail =
    [
        new(Phase.Prepare, null, null),
        new(Phase.OptIn, null, null),
        Ramp(1, 100), Ramp(50, 100), Ramp(100, 100), Ramp(100, 75), Ramp(100, 50), Ramp(100, 25), Ramp(100, 0),
        new(Phase.DockerFallback, null, null),
        new(Phase.Decommission, null, null),
        new(Phase.RetireOptInTag, null, null),
    ];

    /// <summary>All steps of a phase: one, or the ramp of the takeover.</summary>
    public static IReadOnlyList<PlanTarget.ToPhase> StepsOf(Phase phase) => [.. Rail.Where(step => step.Phase == phase)];

    /// <returns>The first step of the rail that lies beyond what was reached; after an evacuation the reached one again; null at the end.</returns>
    public static PlanTarget.ToPhase? Of(PhaseReached? reached)
    {
        if (reached is null) return Rail[0];
        if (reached.Evacuated) return new PlanTarget.ToPhase(reached.Phase, reached.KubernetesUntaggedPercent, reached.LegacyUntaggedPercent);
        return Rail.FirstOrDefault(step => Position(step.Phase, step.KubernetesUntaggedPercent, step.LegacyUntaggedPercent)
            > Position(reached.Phase, reached.KubernetesUntaggedPercent, reached.LegacyUntaggedPercent));
    }

    /// <summary>Beyond what was reached; after an evacuation everything is.</summary>
    public static bool IsForward(PhaseReached? reached, PlanTarget.ToPhase target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return reached is null or { Evacuated: true }
            || Position(target.Phase, target.KubernetesUntaggedPercent, target.LegacyUntaggedPercent) > Position(reached.Phase, reached.KubernetesUntaggedPercent, reached.LegacyUntaggedPercent);
    }

    // Phases are 1,000 apart; within the takeover Kubernetes grows first, then legacy shrinks.
    private static int Position(Phase phase, int? kubernetes, int? legacy) =>
        (int)phase * 1000 + (phase == Phase.UntaggedTakeover ? (kubernetes ?? 100) + 100 - (legacy ?? 0) : 0);

    private static PlanTarget.ToPhase Ramp(int kubernetes, int legacy) => new(Phase.UntaggedTakeover, kubernetes, legacy);
}
