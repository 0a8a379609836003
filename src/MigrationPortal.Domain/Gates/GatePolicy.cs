namespace MigrationPortal.Domain.Gates;

/// <summary>The limits that gates judge by, for the steps out of one phase. Fractions are of 1; margins are differences of failure rates.</summary>
/// <param name="Margin">Of infrastructure failures: Kubernetes may fail this much more often (statistics.md A.5: 0.5 points for cohorts, 0.25 after).</param>
/// <param name="MarginAll">The same of all failures.</param>
/// <param name="Alpha">One-sided chance to pass although Kubernetes is worse by the margin, over all looks of a step together.</param>
/// <param name="Power">Chance to pass at equality that the sample is sized for.</param>
/// <param name="BakeDays">Whole days after a step before its first look, and between looks.</param>
/// <param name="EvidenceDays">Whole days of evidence at the first look, at least: whole weeks (statistics.md A.8). Twice as many before a step was reached, within its phase, count with those since.</param>
/// <param name="Looks">How often the step may be decided: at the end of the bake, then after longer ones; each when there are jobs enough to show it.</param>
/// <param name="LeastCoverage">Share of Kubernetes jobs in projects that ran on both executors.</param>
/// <param name="LeastExecutorKnown">Share of finished jobs whose executor is known.</param>
/// <param name="MostLag">Of collection.</param>
/// <param name="MostStuck">Pending jobs that no runner can take, or that wait longer than <paramref name="StuckAfter"/>.</param>
/// <param name="MostQueueRatio">Queue time, 95th percentile, after the step against before; or <paramref name="QueueFree"/> more at most.</param>
/// <param name="MostDurationRatio">Median run time on the same job names, Kubernetes against docker.</param>
/// <param name="MostFallbackShare">Share of jobs that ask for the fallback tag.</param>
/// <param name="MostPredicted">Jobs a day that are predicted to fail after the step.</param>
/// <param name="BadProjectJobs">A project with at least so many Kubernetes jobs is judged alone as well.</param>
/// <param name="BadProjectMargin">It is bad when its own lower limit is above this.</param>
/// <param name="LeastInContact">Share of the unpaused Kubernetes runners that must be in contact.</param>
/// <param name="Exempted">Projects (numbers) left out of the analysis by name.</param>
/// <param name="Shadow">Keys of gates that are measured and shown but hold nothing.</param>
public sealed record GatePolicy(
    double Margin,
    double MarginAll,
    double Alpha,
    double Power,
    int BakeDays,
    int EvidenceDays,
    int Looks,
    double LeastCoverage,
    double LeastExecutorKnown,
    TimeSpan MostLag,
    long MostStuck,
    TimeSpan StuckAfter,
    double MostQueueRatio,
    TimeSpan QueueFree,
    double MostDurationRatio,
    double MostFallbackShare,
    double MostPredicted,
    long BadProjectJobs,
    double BadProjectMargin,
    double LeastInContact,
    IReadOnlyList<long> Exempted,
    IReadOnlyList<string> Shadow)
{
    /// <summary>Names of the external gates that are asked.</summary>
    public IReadOnlyList<string> External { get; init; } = [];

    /// <summary>
    /// How many times both margins count while one runner alone takes untagged jobs: few jobs can tell then, and few are at risk
    /// (statistics.md A.5: 0.5 points for cohorts, 0.25 after).
    /// </summary>
    public double CanaryMargins { get; init; } = 2;

    /// <summary>Most days of bake or evidence, and most looks, that a policy may ask.</summary>
    public const int MostDays = 90;

    public const int MostLooks = 5;

    private const double MostMargin = 0.5;

    /// <summary>Whole days from a step to its first look when the phase's evidence begins with it: nothing is promoted sooner.</summary>
    public int LeastDaysToPromote => Math.Max(BakeDays, EvidenceDays);

    /// <summary>The same of the last look, where jobs are not too few: what has not been shown by then needs a person.</summary>
    public int MostDaysToDecide => LeastDaysToPromote + ((Looks - 1) * BakeDays);

    /// <param name="all">Of all failures instead of those of infrastructure.</param>
    public double MarginOf(bool all) => all ? MarginAll : Margin;

    /// <summary>As it judges one step.</summary>
    public GatePolicy For(GateStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.IsCanary ? this with { Margin = Math.Min(MostMargin, Margin * CanaryMargins), MarginAll = Math.Min(MostMargin, MarginAll * CanaryMargins) } : this;
    }

    /// <summary>What is wrong with it, by property; empty when it can be judged by.</summary>
    public IEnumerable<(string Property, string Sentence)> Problems() => Rules().Where(one => one.Property is not null).Select(one => (one.Property!, one.Sentence));

    private IEnumerable<(string? Property, string Sentence)> Rules()
    {
        foreach (var (name, margin) in new[] { (nameof(Margin), Margin), (nameof(MarginAll), MarginAll) })
            yield return Unless(margin is > 0 and <= MostMargin, name, "Must be above 0 and at most 0.5: 0.0025 is a quarter of a percentage point.");
        yield return Unless(CanaryMargins is >= 1 and <= 10, nameof(CanaryMargins), "Must be 1 to 10: how many times the margins count while one runner alone takes untagged jobs; 2 is usual.");
        yield return Unless(Alpha is > 0 and <= 0.1, nameof(Alpha), "Must be above 0 and at most 0.1; 0.025 is usual.");
        yield return Unless(Power is >= 0.5 and < 1, nameof(Power), "Must be 0.5 or more and below 1; 0.8 is usual.");
        yield return Unless(BakeDays is >= 1 and <= MostDays, nameof(BakeDays), $"Must be 1 to {MostDays} whole days.");
        yield return Unless(EvidenceDays is >= NoWorseGate.LeastDays and <= MostDays, nameof(EvidenceDays), $"Must be {NoWorseGate.LeastDays} to {MostDays} whole days: fewer days say too little of bad days.");
        yield return Unless(Looks is >= 1 and <= MostLooks, nameof(Looks), $"Must be 1 to {MostLooks}.");
        foreach (var (name, share) in new[] { (nameof(LeastCoverage), LeastCoverage), (nameof(LeastExecutorKnown), LeastExecutorKnown), (nameof(MostFallbackShare), MostFallbackShare), (nameof(BadProjectMargin), BadProjectMargin), (nameof(LeastInContact), LeastInContact) })
            yield return Unless(share is >= 0 and <= 1, name, "Must be a share from 0 to 1.");
        foreach (var (name, ratio) in new[] { (nameof(MostQueueRatio), MostQueueRatio), (nameof(MostDurationRatio), MostDurationRatio) })
            yield return Unless(ratio is >= 1 and <= 100, name, "Must be 1 or more: how many times as long.");
        foreach (var (name, number) in new[] { (nameof(MostStuck), (double)MostStuck), (nameof(MostPredicted), MostPredicted), (nameof(BadProjectJobs), BadProjectJobs) })
            yield return Unless(number is >= 0 and <= 1e9, name, "Must be 0 or more.");
        foreach (var (name, time) in new[] { (nameof(MostLag), MostLag), (nameof(StuckAfter), StuckAfter), (nameof(QueueFree), QueueFree) })
            yield return Unless(time >= TimeSpan.Zero && time <= TimeSpan.FromDays(1), name, "Must be 0 to 86400 seconds.");
        yield return Unless(Shadow.All(key => Gate.All.Any(gate => gate.Key == key && gate.MayBeInShadow)), nameof(Shadow), $"May name {string.Join(", ", Gate.All.Where(gate => gate.MayBeInShadow).Select(gate => gate.Key))}.");
    }

    private static (string?, string) Unless(bool isRight, string property, string sentence) => (isRight ? null : property, sentence);

    /// <summary>Defaults of statistics.md C and product.md. Predicted failures are in shadow until an administrator takes them out: projects that answer nobody would hold every step.</summary>
    public static GatePolicy Default(GateStage stage) => new(
        Margin: stage == GateStage.Cohort ? 0.005 : 0.0025, MarginAll: 0.02, Alpha: 0.025, Power: 0.8,
        BakeDays: 7, EvidenceDays: stage == GateStage.Cohort ? 7 : 14, Looks: 3, LeastCoverage: stage == GateStage.Cohort ? 0 : 0.6,
        LeastExecutorKnown: 0.98, MostLag: TimeSpan.FromMinutes(15), MostStuck: 0, StuckAfter: TimeSpan.FromMinutes(30),
        MostQueueRatio: 1.5, QueueFree: TimeSpan.FromSeconds(60), MostDurationRatio: 1.2, MostFallbackShare: 0.01, MostPredicted: 100,
        BadProjectJobs: 200, BadProjectMargin: 0.02, LeastInContact: 1, Exempted: [], Shadow: [PredictedFailuresGate.Name]);
}
