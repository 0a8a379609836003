using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>A stored plan: immutable once made; its fingerprint binds it to the fleet it was computed from.</summary>
/// <param name="Target">The request that it answers, as canonical JSON (api.md, <c>POST /plans</c>).</param>
/// <param name="Fingerprint">Covers id, tags, untagged, paused, access level and role of every managed runner.</param>
/// <param name="Blockers">Refusals that stop applying, such as <c>no-runner:linux</c>; those may be overridden by name.</param>
public sealed record Plan(
    long Id,
    InstanceId Instance,
    string Title,
    string Target,
    DateTimeOffset MadeAt,
    Actor MadeBy,
    string Fingerprint,
    IReadOnlyList<PlanStep> Steps,
    BlastRadius BlastRadius,
    IReadOnlyList<PlanWarning> Warnings,
    IReadOnlyList<PlanBlocker> Blockers)
{
    public bool IsEmpty => Steps.Count == 0;
}

/// <summary>Advice: shown, never stopping.</summary>
public sealed record PlanWarning(string Code, string Message);

/// <param name="Override">The name that <c>overrides</c> must hold, such as <c>no-runner:docker,linux</c>; null: cannot be overridden.</param>
public sealed record PlanBlocker(string Code, string Message, string? Override, IReadOnlyList<ProjectId> Projects);
