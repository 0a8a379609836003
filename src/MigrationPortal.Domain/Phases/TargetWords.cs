namespace MigrationPortal.Domain.Phases;

/// <summary>A target as a title: it can be read alone.</summary>
public static class TargetWords
{
    public static string Title(PlanTarget target) => target switch
    {
        PlanTarget.ToPhase { Phase: Phase.UntaggedTakeover } ramp =>
            $"{ramp.Phase.Title()}: Kubernetes {Share(ramp.KubernetesUntaggedPercent ?? 100)}, docker {Share(ramp.LegacyUntaggedPercent ?? 0)} of runners take untagged jobs",
        PlanTarget.ToPhase phase => $"Phase {(int)phase.Phase}: {phase.Phase.Title()}",
        PlanTarget.Evacuate => "Evacuate Kubernetes: docker takes everything back",
        PlanTarget.Brownout brownout => $"Brownout of {brownout.Tag} for {BrownoutRules.Words(brownout.Duration)}",
        PlanTarget.DeleteRunners { Runners.Count: 1 } one => $"Delete runner {one.Runners[0]}",
        PlanTarget.DeleteRunners many => $"Delete {many.Runners.Count} runners",
        PlanTarget.DecideTag tag => $"Tag {tag.Tag}: {PlanTargetJson.Word(tag.Decision)}",
        PlanTarget.EditRunners { Runners.Count: 1 } one => $"Edit runner {one.Runners[0].Id}",
        PlanTarget.EditRunners many => $"Edit {many.Runners.Count} runners",
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "Unknown target."),
    };

    /// <summary>Short marker text of the charts, such as <c>phase 2</c>, <c>K 50</c> or <c>L 25</c>.</summary>
    public static string Marker(PlanTarget.ToPhase target)
    {
        if (target.Phase != Phase.UntaggedTakeover) return $"phase {(int)target.Phase}";
        int kubernetes = target.KubernetesUntaggedPercent ?? 100, legacy = target.LegacyUntaggedPercent ?? 0;
        if (kubernetes < 100) return $"K {kubernetes}";
        return legacy switch { 0 => "phase 2", 100 => "K 100", _ => $"L {legacy}" };
    }

    private static string Share(int percent) => percent == 1 ? "one" : $"{percent} %";
}
