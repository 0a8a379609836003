using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Web.Phases;

/// <summary>What each phase desires and is for, as product.md's table says it.</summary>
public static class PhaseWords
{
    /// <summary>The rules for a scheduled flip that could not begin in time, the default first.</summary>
    public static readonly IReadOnlyList<(MissedRule Rule, string Words)> MissedRules =
        [(MissedRule.Ask, "ask me"), (MissedRule.Run, "run it, up to an hour late"), (MissedRule.Skip, "skip it")];

    public static (string Kubernetes, string Legacy, string For) Of(Phase phase, MigrationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var (optIn, fallback) = (settings.OptInTag, settings.FallbackTag ?? "the fallback tag");
        return phase switch
        {
            Phase.Prepare => ($"has {optIn}, refuses untagged jobs", $"gets {fallback}, so that the way back exists; untagged as before", "runners registered, configuration verified on QA"),
            Phase.OptIn => ("as before, unpaused", "as before", "cohorts and volunteers try Kubernetes by tag"),
            Phase.UntaggedTakeover => ("a growing share accepts untagged jobs", "a shrinking share still accepts untagged jobs", "untagged jobs move; while both accept them, whoever asks first takes the job"),
            Phase.DockerFallback => ("also has every adopted tag", $"refuses untagged jobs; only {fallback} and kept tags", "users with trouble go back by tag; stragglers are found and helped"),
            Phase.Decommission => ("as before", "paused and drained", "legacy ends; deleting runners is a plan of its own"),
            _ => (settings.KeepOptInTag ? $"keeps {optIn} for good" : $"drops {optIn}", "gone", "clean end state"),
        };
    }

    /// <summary>By whom the next step is taken, as a word and as a sentence.</summary>
    /// <param name="mode">As the policy of the reached phase says.</param>
    public static (string Word, string Sentence) Taken(FlipMode mode, PhaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return mode switch
        {
            // After an evacuation going up again is a person's decision.
            _ when state.Current is { Evacuated: true } => ("manual", "Nothing goes up again by itself after an evacuation. A plan shows what it would change before anybody applies it."),
            FlipMode.Automatic when state.AutomationOn => ("automatic", "The portal takes it by itself as soon as all gates pass."),
            FlipMode.Automatic => ("stopped", "It would be taken by itself as soon as all gates pass, but automation is off."),
            FlipMode.Scheduled => ("scheduled", "It is taken when it stands on the schedule, or by a plan."),
            _ => ("manual", "Manual: nothing flips by itself. A plan shows what it would change before anybody applies it."),
        };
    }

    /// <summary>One step as a button says it: "K 50 %", "L 25 %", or the whole phase.</summary>
    public static string Step(PlanTarget.ToPhase step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step switch
        {
            { KubernetesUntaggedPercent: null, LegacyUntaggedPercent: null } => "the whole phase",
            { KubernetesUntaggedPercent: 1 } => "one Kubernetes runner",
            { KubernetesUntaggedPercent: < 100 } => $"Kubernetes {step.KubernetesUntaggedPercent} %",
            { LegacyUntaggedPercent: 100 or null } => "Kubernetes 100 %",
            _ => $"docker {step.LegacyUntaggedPercent} %",
        };
    }
}
