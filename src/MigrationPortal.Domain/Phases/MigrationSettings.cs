using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What the admins wrote for one instance: tags, decisions, translations. Desired state is computed from it.</summary>
/// <param name="OptInTag">Default <c>k8s-default</c>.</param>
/// <param name="FallbackTag">One that no recent job asks for; proposed as <c>docker</c>, else <c>docker-fallback</c>.</param>
/// <param name="KeepOptInTag">Phase 5 then keeps the opt-in tag for good.</param>
/// <param name="StandInTag">Given to a runner that may not be left without tags.</param>
public sealed record MigrationSettings(
    InstanceId Instance,
    string OptInTag,
    string? FallbackTag,
    IReadOnlyDictionary<string, TagDecision> Decisions,
    IReadOnlyDictionary<string, string?> Translations,
    bool KeepOptInTag,
    string StandInTag,
    long Version)
{
    /// <summary>Of phases whose policy differs from the default.</summary>
    public IReadOnlyDictionary<Phase, PhasePolicy> Policies { get; init; } = new Dictionary<Phase, PhasePolicy>();

    /// <summary>Kept ready for projects that move as a whole; null: none is named.</summary>
    public RunnerPair? Pair { get; init; }

    public PhasePolicy PolicyOf(Phase phase) => Policies.TryGetValue(phase, out var policy) ? policy : PhasePolicy.Default(phase);

    /// <summary>Tags that only the portal gives to legacy runners: in evacuation, as the fallback, as a stand-in.</summary>
    public IEnumerable<string> LentTags =>
        Translations.Values.OfType<string>().Append(OptInTag).Append(StandInTag).Concat(FallbackTag is null ? [] : [FallbackTag]);

    public static MigrationSettings Default(InstanceId instance) => new(
        instance, "k8s-default", null, new Dictionary<string, TagDecision>(), new Dictionary<string, string?>(), false, "idle-legacy", 0);
}
