namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Counts by logarithmic buckets of seconds: adding two histograms bucket by bucket gives the histogram of both.
/// Four buckets double the time, up to 36 hours; longer times fall into the last one. Stored: never change the bounds.
/// </summary>
public static class TimeHistogram
{
    public const int Buckets = 72;

    private const double PerDoubling = 4;

    /// <summary>A bucket's geometric middle is off by at most this share of (time + 1 s).</summary>
    public static double RelativeError { get; } = Math.Pow(2, 1 / (2 * PerDoubling)) - 1;

    /// <param name="seconds">Negative ones (clocks that disagree) count as zero.</param>
    public static int BucketOf(double seconds) =>
        Math.Clamp((int)(Math.Log2(1 + Math.Max(seconds, 0)) * PerDoubling), 0, Buckets - 1);

    /// <returns>Seconds, or null for an empty histogram.</returns>
    /// <param name="share">0.5 for the median, 0.95 for the 95th percentile.</param>
    public static double? Percentile(IReadOnlyList<long> counts, double share)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var total = counts.Sum();
        if (total <= 0) return null;
        var rank = Math.Max(1, (long)Math.Ceiling(share * total));
        var bucket = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[bucket]) bucket++;
        return Math.Pow(2, (bucket + 0.5) / PerDoubling) - 1;
    }
}
