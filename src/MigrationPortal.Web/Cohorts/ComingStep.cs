using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Web.Cohorts;

/// <summary>What comes for all of a person's projects.</summary>
/// <param name="When">The day that stands on the schedule; null: none is set.</param>
/// <param name="IsNow">It is so today.</param>
/// <param name="Says">One sentence.</param>
/// <param name="Back">The way back from then on.</param>
public sealed record ComingStep(DateTimeOffset? When, bool IsNow, string Says, string Back)
{
    private static readonly (Phase Phase, string Says)[] Steps =
    [
        (Phase.OptIn, "Whoever wants to can try Kubernetes."),
        (Phase.UntaggedTakeover, "Jobs without tags move to Kubernetes, step by step."),
        (Phase.DockerFallback, "docker is there only for jobs that ask for it."),
        (Phase.Decommission, "docker runners end."),
    ];

    /// <summary>From today on; the end of docker+machine is GitLab's own and comes whatever is decided here.</summary>
    /// <param name="waiting">The schedule.</param>
    public static IReadOnlyList<ComingStep> Of(PhaseReached? reached, IReadOnlyList<ScheduledFlip> waiting, string? fallbackTag)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        var now = reached is null ? Phase.Prepare : reached.Evacuated ? Phase.OptIn : reached.Phase;
        var last = (Phase)Math.Min((int)now, (int)Phase.Decommission);
        return
        [
            .. Steps.Where(step => step.Phase >= last).Select(step => new ComingStep(
                step.Phase == now ? null : waiting.Where(flip => flip is { MissedAt: null, Target: PlanTarget.ToPhase to } && to.Phase == step.Phase).Select(flip => (DateTimeOffset?)flip.DueAt).Min(),
                step.Phase <= now, step.Says, WayBack(step.Phase, fallbackTag))),
            new ComingStep(new DateTimeOffset(Attention.GitLab20, TimeOnly.MinValue, TimeSpan.Zero), false, "GitLab 20.0 removes docker+machine.", "Nothing for you to do."),
        ];
    }

    private static string WayBack(Phase phase, string? fallbackTag) => phase switch
    {
        Phase.OptIn => "Way back: take the change out.",
        Phase.Decommission => "Way back: none, ask for help.",
        _ => fallbackTag is null ? "Way back: stay on docker." : $"Way back: the tag {fallbackTag}.",
    };
}
