using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Bench.Gates;

/// <summary>What is true in a family of worlds. Fractions of 1.</summary>
/// <param name="Worse">How much more often each job fails on Kubernetes for reasons of infrastructure.</param>
/// <param name="BadDays">Share of days that are bad on one executor, drawn for each executor by itself.</param>
/// <param name="BadDayAdds">To the failure rate of every job on a bad day: as much on either executor, so the mean difference stays.</param>
internal sealed record MarginTruth(double Worse, double BadDays = 0, double BadDayAdds = 0);

/// <summary>
/// The jobs of one ramp step of the takeover, drawn one by one and counted as the portal counts them (the worlds of statistics.md B):
/// 60 projects with lognormal rates of infrastructure failures, the careful ones mostly on Kubernetes already, some 30,000 jobs in
/// four weeks, weekends with 15 % of a workday's jobs. It is watched for twelve weeks, because looks wait for jobs.
/// </summary>
internal static class MarginWorld
{
    private const int Projects = 60;
    private const int Jobs = 90_000;
    private const int Days = 84;
    private const double MedianRate = 0.0025;
    private const double RateSigma = 0.8;
    private const double ScriptRate = 0.2;
    private const double Weekend = 0.15;

    // Of the most careful project's jobs on Kubernetes, and of the least careful one's.
    private const double FirstShare = 0.9;
    private const double LastShare = 0.1;

    /// <summary>As they are read at the end; looks judge the days before theirs.</summary>
    public static GateFacts Facts(MarginTruth truth, int seed)
    {
        var random = new Random(unchecked((seed * 486_187_739) + 20261102));
        var start = new DateOnly(2026, 11, 2).AddDays(seed % 7);
        var since = new DateTimeOffset(start, TimeOnly.MinValue, TimeSpan.Zero);
        var arms = Arms(truth, random, start, Days);
        var at = since.AddDays(Days);
        return new GateFacts(
            new GateStep("untagged-takeover/100/50", "docker 75 → 50 %", GateStage.Overlap, since, since), at, DateTimeOffset.MinValue, arms,
            new CollectionFacts(Jobs, Jobs, 0, at), new PendingFacts(20, 0, 0), new TimeFacts(20, 20, 1, 100), new FallbackFacts("docker-fallback", 0, Jobs), new CapacityFacts(6, 6), 0);
    }

    private static List<ArmDay> Arms(MarginTruth truth, Random random, DateOnly start, int days)
    {
        var rates = Draws(random, RateSigma, MedianRate);
        var sizes = Draws(random, 1, 1);
        Array.Sort(rates);
        var (kubernetes, docker) = (Added(truth, random, days), Added(truth, random, days));
        var rhythm = Rhythm(start, days);
        var (arms, all) = (new List<ArmDay>(Projects * days), sizes.Sum());
        for (var project = 0; project < Projects; project++)
        {
            var share = FirstShare + ((LastShare - FirstShare) * project / (Projects - 1));
            var (onKubernetes, onDocker) = (new ArmCounts[days], new ArmCounts[days]);
            for (var job = (int)Math.Round(Jobs * sizes[project] / all); job > 0; job--)
            {
                var day = DayOf(rhythm, random.NextDouble());
                if (random.NextDouble() < share) onKubernetes[day] += Job(random, rates[project] + truth.Worse + kubernetes[day]);
                else onDocker[day] += Job(random, rates[project] + docker[day]);
            }

            for (var day = 0; day < days; day++) arms.Add(new ArmDay(project + 1, start.AddDays(day), onKubernetes[day], onDocker[day]));
        }

        return arms;
    }

    private static ArmCounts Job(Random random, double rate)
    {
        if (random.NextDouble() < rate) return new ArmCounts(1, 1, 1);
        return new ArmCounts(1, random.NextDouble() < ScriptRate ? 1 : 0, 0);
    }

    private static double[] Draws(Random random, double sigma, double median)
    {
        var draws = new double[Projects];
        for (var at = 0; at < Projects; at++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            draws[at] = median * Math.Exp(sigma * normal);
        }

        return draws;
    }

    private static double[] Added(MarginTruth truth, Random random, int days)
    {
        var added = new double[days];
        for (var day = 0; day < days; day++) added[day] = random.NextDouble() < truth.BadDays ? truth.BadDayAdds : 0;
        return added;
    }

    // Shares of all jobs up to and with each day.
    private static double[] Rhythm(DateOnly start, int days)
    {
        var (sums, sum) = (new double[days], 0.0);
        for (var day = 0; day < days; day++)
            sums[day] = sum += start.AddDays(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : 1;
        for (var day = 0; day < days; day++) sums[day] /= sum;
        return sums;
    }

    private static int DayOf(double[] rhythm, double unit)
    {
        var day = Array.BinarySearch(rhythm, unit);
        return Math.Min(day < 0 ? ~day : day + 1, rhythm.Length - 1);
    }
}
