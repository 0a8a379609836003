using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Web.Phases;

/// <summary>What gates judge by. Shares and margins are fractions: a margin of 0.0025 is a quarter of a percentage point.</summary>
/// <param name="CanaryMargins">How many times both margins count while one runner alone takes untagged jobs.</param>
public sealed record GatePolicyView(
    double Margin, double MarginAll, double Alpha, double Power, int BakeDays, int EvidenceDays, int Looks, double LeastCoverage, double LeastExecutorKnown, double MostLagSeconds, long MostStuck,
    double StuckAfterSeconds, double MostQueueRatio, double QueueFreeSeconds, double MostDurationRatio, double MostFallbackShare, double MostPredicted, long BadProjectJobs, double BadProjectMargin,
    double LeastInContact, IReadOnlyList<long> ExemptedProjects, IReadOnlyList<string> ShadowGates, IReadOnlyList<string> ExternalGates, double CanaryMargins)
{
    internal static GatePolicyView Of(GatePolicy one) => new(
        one.Margin, one.MarginAll, one.Alpha, one.Power, one.BakeDays, one.EvidenceDays, one.Looks, one.LeastCoverage, one.LeastExecutorKnown, one.MostLag.TotalSeconds, one.MostStuck,
        one.StuckAfter.TotalSeconds, one.MostQueueRatio, one.QueueFree.TotalSeconds, one.MostDurationRatio, one.MostFallbackShare, one.MostPredicted, one.BadProjectJobs, one.BadProjectMargin,
        one.LeastInContact, one.Exempted, one.Shadow, one.External, one.CanaryMargins);
}

/// <summary>As <see cref="GatePolicyView"/>; what is left out stays as it is.</summary>
public sealed record GatePolicyBody(
    double? Margin, double? MarginAll, double? Alpha, double? Power, int? BakeDays, int? EvidenceDays, int? Looks, double? LeastCoverage, double? LeastExecutorKnown, double? MostLagSeconds, long? MostStuck,
    double? StuckAfterSeconds, double? MostQueueRatio, double? QueueFreeSeconds, double? MostDurationRatio, double? MostFallbackShare, double? MostPredicted, long? BadProjectJobs, double? BadProjectMargin,
    double? LeastInContact, IReadOnlyList<long>? ExemptedProjects, IReadOnlyList<string>? ShadowGates, IReadOnlyList<string>? ExternalGates = null, double? CanaryMargins = null)
{
    // The names under which a policy's properties are sent.
    private static readonly Dictionary<string, string> Sent = new()
    {
        [nameof(GatePolicy.MostLag)] = "mostLagSeconds",
        [nameof(GatePolicy.StuckAfter)] = "stuckAfterSeconds",
        [nameof(GatePolicy.QueueFree)] = "queueFreeSeconds",
        [nameof(GatePolicy.Exempted)] = "exemptedProjects",
        [nameof(GatePolicy.Shadow)] = "shadowGates",
    };

    internal static string FieldOf(string property) => $"gates.{Sent.GetValueOrDefault(property, char.ToLowerInvariant(property[0]) + property[1..])}";

    internal GatePolicy Edit(GatePolicy before) => before with
    {
        Margin = Margin ?? before.Margin,
        MarginAll = MarginAll ?? before.MarginAll,
        CanaryMargins = CanaryMargins ?? before.CanaryMargins,
        Alpha = Alpha ?? before.Alpha,
        Power = Power ?? before.Power,
        BakeDays = BakeDays ?? before.BakeDays,
        EvidenceDays = EvidenceDays ?? before.EvidenceDays,
        Looks = Looks ?? before.Looks,
        LeastCoverage = LeastCoverage ?? before.LeastCoverage,
        LeastExecutorKnown = LeastExecutorKnown ?? before.LeastExecutorKnown,
        MostLag = Time(MostLagSeconds) ?? before.MostLag,
        MostStuck = MostStuck ?? before.MostStuck,
        StuckAfter = Time(StuckAfterSeconds) ?? before.StuckAfter,
        MostQueueRatio = MostQueueRatio ?? before.MostQueueRatio,
        QueueFree = Time(QueueFreeSeconds) ?? before.QueueFree,
        MostDurationRatio = MostDurationRatio ?? before.MostDurationRatio,
        MostFallbackShare = MostFallbackShare ?? before.MostFallbackShare,
        MostPredicted = MostPredicted ?? before.MostPredicted,
        BadProjectJobs = BadProjectJobs ?? before.BadProjectJobs,
        BadProjectMargin = BadProjectMargin ?? before.BadProjectMargin,
        LeastInContact = LeastInContact ?? before.LeastInContact,
        Exempted = ExemptedProjects is null ? before.Exempted : [.. ExemptedProjects.Distinct().Order()],
        Shadow = ShadowGates is null ? before.Shadow : [.. ShadowGates.Distinct()],
        External = ExternalGates is null ? before.External : [.. ExternalGates.Distinct().Order(StringComparer.Ordinal)],
    };

    // Beyond what a TimeSpan can hold it is wrong in any case, and is named so.
    private static TimeSpan? Time(double? seconds) => seconds is { } some ? some is >= 0 and <= 1e9 ? TimeSpan.FromSeconds(some) : TimeSpan.MinValue : null;
}
