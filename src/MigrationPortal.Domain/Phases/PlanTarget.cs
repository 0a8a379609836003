using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What a plan shall reach (api.md, <c>POST /plans</c>).</summary>
public abstract record PlanTarget
{
    private PlanTarget()
    {
    }

    /// <summary>A phase, at a ramp step or (percent left out) at its end state. Percent of runners, rounded up; 1 = one runner.</summary>
    public sealed record ToPhase(Phase Phase, int? KubernetesUntaggedPercent, int? LegacyUntaggedPercent) : PlanTarget;

    /// <summary>Legacy takes everything back, verified, then Kubernetes is paused.</summary>
    public sealed record Evacuate : PlanTarget;

    /// <summary>Takes a tag away from legacy for a short time; it comes back by itself.</summary>
    public sealed record Brownout(string Tag, TimeSpan Duration) : PlanTarget;

    /// <summary>Deletes runners; needs its own confirmation.</summary>
    public sealed record DeleteRunners(IReadOnlyList<long> Runners) : PlanTarget;

    /// <summary>Sets one tag decision and plans what it changes in the current phase.</summary>
    public sealed record DecideTag(string Tag, TagDecision Decision) : PlanTarget;

    /// <summary>Manual edits of single runners; null leaves an attribute as it is.</summary>
    public sealed record EditRunners(IReadOnlyList<RunnerEdit> Runners) : PlanTarget;
}

public sealed record RunnerEdit(long Id, TagSet? Tags, bool? RunUntagged, bool? Paused);

/// <summary>What becomes of a legacy tag.</summary>
public enum TagDecision
{
    /// <summary>Kubernetes takes the tag, jobs move unchanged.</summary>
    Adopt,

    /// <summary>Stays on legacy for now.</summary>
    Keep,

    /// <summary>Nobody will serve it.</summary>
    Retire,
}
