using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Where the migration of an instance stands: the last phase target that was reached and verified.</summary>
/// <param name="Current">Null before anything was applied.</param>
/// <param name="History">Every reached target, oldest first: the phase markers of the charts.</param>
public sealed record PhaseState(
    InstanceId Instance,
    PhaseReached? Current,
    IReadOnlyList<PhaseReached> History,
    bool AutomationOn,
    string? AutomationReason,
    long Version);

/// <param name="Label">Short marker text, such as <c>phase 2</c> or <c>L 50</c>.</param>
public sealed record PhaseReached(
    Phase Phase,
    int? KubernetesUntaggedPercent,
    int? LegacyUntaggedPercent,
    bool Evacuated,
    DateTimeOffset At,
    long? OperationId,
    string Label);
