using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>What cohorts need to know of the migration, which they may not ask themselves.</summary>
public interface ICohortFacts
{
    Task<MigrationFacts> ReadAsync(InstanceId instance, CancellationToken cancel);
}

/// <param name="Phase">0 to 5; null before the first is reached.</param>
/// <param name="Evacuated">Everything of Kubernetes was taken back.</param>
/// <param name="BakeDays">Whole days that a wave is watched, and that the waitlist lasts.</param>
/// <param name="EvidenceDays">Whole days before the gate may decide.</param>
/// <param name="Margin">Of infrastructure failures, as the gate of the next step judges them.</param>
/// <param name="Docker">Infrastructure failures of docker in the last two weeks.</param>
/// <param name="AutomationOn">The one switch: off, nothing begins by itself.</param>
/// <param name="Harm">What the gates of the next step say against Kubernetes; empty when nothing does.</param>
public sealed record MigrationFacts(
    int? Phase, bool Evacuated, int BakeDays, int EvidenceDays, double Margin, double Alpha, double Power, Rate Docker, bool AutomationOn, IReadOnlyList<string> Harm)
{
    /// <summary>Where docker's own rate cannot be read yet (statistics.md A.1).</summary>
    public const double UsualRate = 0.0029;

    /// <summary>In between projects can try Kubernetes and go back to docker.</summary>
    public bool CanInvite => Phase is >= 1 and <= 3 && !Evacuated;

    /// <summary>From phase 2 on untagged jobs move by themselves, so nobody is kept waiting for a comparison.</summary>
    public bool TossesCoins => Phase == 1;
}
