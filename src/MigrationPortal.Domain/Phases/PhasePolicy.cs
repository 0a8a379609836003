using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Domain.Phases;

/// <summary>How the steps out of a phase, and along its ramp, are taken, and by what they are judged.</summary>
/// <param name="GatesBind">Manual and scheduled flips are refused as well while gates do not pass; automatic ones always are.</param>
public sealed record PhasePolicy(FlipMode Mode, bool GatesBind, GatePolicy Gates)
{
    public ApprovalPolicy Approvals { get; init; } = ApprovalPolicy.None;

    /// <summary>What drifts while the phase is reached is put back by itself; see <see cref="HealDrift"/>.</summary>
    public bool HealsDrift { get; init; }

    /// <summary>Steps forward are told to everybody in GitLab; see <see cref="AnnounceStep"/>. On unless switched off.</summary>
    public bool AnnouncesSteps { get; init; } = true;

    public static PhasePolicy Default(Phase phase) => new(FlipMode.Manual, false, GatePolicy.Default(GateSteps.StageOf(phase)));
}

public enum FlipMode
{
    /// <summary>Somebody plans and applies.</summary>
    Manual,

    /// <summary>Only what is on the schedule.</summary>
    Scheduled,

    /// <summary>The portal plans and applies the next step as soon as its gates pass.</summary>
    Automatic,
}
