using System.Globalization;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>Whether a cluster is well with a revision. Pure.</summary>
public abstract record BakeVerdict
{
    /// <summary>Fewer jobs prove nothing.</summary>
    public const int Fewest = 20;

    /// <summary>By how much the failure rate may lie above what it was.</summary>
    public const double Margin = 0.05;

    private const double TwoSided = 1.959964;

    private BakeVerdict()
    {
    }

    public sealed record Well(string What) : BakeVerdict;

    public sealed record Waits(string For) : BakeVerdict;

    public sealed record Ill(string Why) : BakeVerdict;

    public static BakeVerdict Of(RolloutSeen seen, int revision, Rate before, Rate since, bool isOver)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (seen.Health == RolloutHealth.Ill) return new Ill(seen.Said);
        if (seen.Revision is { } other && other != revision) return new Ill($"The cluster runs revision {other} now: somebody else changed it.");
        if (since.Finished >= Fewest && LowerOf(since) > (before.Value ?? 0) + Margin)
            return new Ill(string.Create(CultureInfo.InvariantCulture, $"{since.Failed} of {since.Finished} jobs failed since, against {before.Failed} of {before.Finished} in the day before."));
        if (seen.Health == RolloutHealth.Waiting || seen.Revision is null) return new Waits(seen.Said);
        return isOver
            ? new Well(string.Create(CultureInfo.InvariantCulture, $"{seen.Said} {since.Failed} of {since.Finished} jobs failed since, against {before.Failed} of {before.Finished} in the day before."))
            : new Waits("The bake time runs.");
    }

    // The lower Wilson limit: what is worse beyond chance.
    private static double LowerOf(Rate rate)
    {
        var (n, p, z) = ((double)rate.Finished, rate.Value!.Value, TwoSided);
        return (p + (z * z / (2 * n)) - (z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n))))) / (1 + (z * z / n));
    }
}
