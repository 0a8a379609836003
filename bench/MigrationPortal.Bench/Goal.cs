using System.Globalization;

namespace MigrationPortal.Bench;

/// <summary>A bound on the ratio measured / limit: from below for throughput, from above for durations.</summary>
public sealed record Goal(double Ratio, bool IsAtLeast)
{
    /// <summary>For throughput: reaches this share of the limit.</summary>
    public static Goal AtLeast(double ratio) => new(ratio, true);

    /// <summary>For durations: takes no more than this many times the limit.</summary>
    public static Goal AtMost(double ratio) => new(ratio, false);

    public bool IsMetBy(double ratio) => IsAtLeast ? ratio >= Ratio : ratio <= Ratio;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsAtLeast ? ">=" : "<=")}{Ratio:0.###}");
}
