using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Cohorts;

/// <param name="JobsPerDay">Of the last two weeks.</param>
public sealed record PreviewedProject(Candidate Project, ActivityStratum Stratum, double JobsPerDay);

/// <param name="Code">See <see cref="Exclusions"/>.</param>
public sealed record ExclusionCount(string Code, int Projects);

/// <summary>When the gate of the next step can decide, if so many of those who are asked say yes.</summary>
/// <param name="Accepting">Share of the asked, in (0, 1].</param>
/// <param name="KubernetesPerDay">Jobs a day of those that move now: half of those that accept.</param>
/// <param name="DockerPerDay">Of those that wait.</param>
/// <param name="Days">Until the sample and the days of evidence are there; null for never: too few jobs.</param>
public sealed record DecisionForecast(double Accepting, double KubernetesPerDay, double DockerPerDay, long? KubernetesJobs, double? Days);

/// <summary>What a wave would do.</summary>
/// <param name="Size">Projects in the cohort afterwards.</param>
/// <param name="Eligible">What its share is of.</param>
/// <param name="Added">In the order in which they come in.</param>
/// <param name="Asked">Members that were selected before and are asked with this wave.</param>
/// <param name="Capped">Passed over because a group is full.</param>
/// <param name="JobsPerDay">Of the added.</param>
/// <param name="CohortJobsPerDay">Of all random members afterwards.</param>
/// <param name="AllJobsPerDay">Of the instance.</param>
public sealed record WavePreview(
    int Size, int Eligible, IReadOnlyList<PreviewedProject> Added, int Asked, IReadOnlyList<ExclusionCount> Excluded, int Capped,
    double JobsPerDay, double CohortJobsPerDay, double AllJobsPerDay, IReadOnlyList<DecisionForecast> Forecasts)
{
    /// <summary>Share of the instance's jobs that the cohort stands for when all accept, in [0, 1]; half of it moves at first. Null without any jobs.</summary>
    public double? TrafficShare => AllJobsPerDay > 0 ? CohortJobsPerDay / AllJobsPerDay : null;

    /// <summary>Everybody, and half of them: how many accept is not known before they are asked.</summary>
    private static readonly double[] Acceptances = [1, 0.5];

    public static WavePreview Of(IReadOnlyList<Candidate> candidates, IReadOnlyList<Enrollment> members, CohortDraw draw, MigrationFacts facts)
    {
        ArgumentNullException.ThrowIfNull(draw);
        var known = candidates.ToDictionary(one => one.Project);
        double JobsOf(Member member) => known.TryGetValue(member.Project, out var candidate) ? candidate.JobsPerDay : 0;
        var places = draw.Members.Select(member => member.Project).ToHashSet();
        var cohort = draw.Members.Sum(JobsOf);
        return new WavePreview(
            draw.Members.Count(), CohortSelection.Eligible(candidates, draw.Kept), [.. draw.Added.Select(member => new PreviewedProject(known[member.Project], member.Stratum, JobsOf(member)))],
            members.Count(one => one is { State: EnrollmentState.Selected, Kind: EnrollmentKind.Random } && places.Contains(one.Project)),
            [.. candidates.Where(one => one.Exclusion is not null && !places.Contains(one.Project)).CountBy(one => one.Exclusion!.Code).OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => new ExclusionCount(one.Key, one.Value))],
            draw.Capped, draw.Added.Sum(JobsOf), cohort, candidates.Sum(one => one.JobsPerDay), [.. Acceptances.Select(accepting => Forecast(cohort, accepting, facts))]);
    }

    // Half moves and half waits: the coin's price is that only half of the cohort's traffic is Kubernetes' arm.
    private static DecisionForecast Forecast(double jobsPerDay, double accepting, MigrationFacts facts)
    {
        var perArm = Math.Min(jobsPerDay * accepting / 2, TimeToDecision.MostPerDay);
        var plan = new SamplePlan(facts.Docker.Value is > 0 and < 1 and var rate ? rate : MigrationFacts.UsualRate, facts.Margin, facts.Power, facts.Alpha);
        var time = TimeToDecision.ForSample(plan, default, default, perArm, perArm);
        return new DecisionForecast(accepting, perArm, perArm, SampleSize.Of(plan)?.Required.Kubernetes, time.Days is { } days ? Math.Max(days, facts.EvidenceDays) : null);
    }
}
