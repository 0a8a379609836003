namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>What somebody wants tried.</summary>
/// <param name="Revision">Null: the newest.</param>
/// <param name="Project">Of the cluster's instance.</param>
/// <param name="Patience">Until what has not answered has no answer.</param>
public sealed record VerificationWish(long Configuration, int? Revision, long Cluster, long Project, SmokeChoice Choice, ProbeChoice? Probe, TimeSpan Patience)
{
    public static readonly TimeSpan UsualPatience = TimeSpan.FromHours(1);
    public static readonly TimeSpan ShortestPatience = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan LongestPatience = TimeSpan.FromHours(6);

    /// <summary>Variables of the probe, at most.</summary>
    public const int MostVariables = 20;
}
