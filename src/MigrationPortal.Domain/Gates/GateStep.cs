namespace MigrationPortal.Domain.Gates;

/// <summary>The step that gates judge: out of what was reached, into what comes next.</summary>
/// <param name="Key">Of the target, such as <c>untagged-takeover/100/50</c>; the same step has the same key.</param>
/// <param name="Title">Can be read alone.</param>
/// <param name="Since">When the present state was reached; null before the migration's first step.</param>
/// <param name="EvidenceSince">From when on the present phase's evidence counts: when it was reached.</param>
public sealed record GateStep(string Key, string Title, GateStage Stage, DateTimeOffset? Since, DateTimeOffset? EvidenceSince)
{
    /// <summary>One Kubernetes runner alone takes untagged jobs: the first step of the ramp.</summary>
    public bool IsCanary { get; init; }
}
