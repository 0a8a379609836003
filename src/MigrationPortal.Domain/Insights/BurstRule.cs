using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// The fast roll back of statistics.md C(a): failures on Kubernetes that are improbable even if it were as bad as docker
/// may be by its last 14 days and by the same hour. Exact, so it may be asked every few minutes.
/// </summary>
public static class BurstRule
{
    public const int LeastProjects = 3;

    /// <summary>Fewer docker jobs in the hour cannot tell whether docker suffers as well.</summary>
    public const int LeastDockerJobs = 20;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(60);

    /// <param name="kubernetes">In the last <see cref="Window"/>.</param>
    /// <param name="projects">In how many projects those failures were.</param>
    /// <param name="docker">In the same time.</param>
    /// <param name="usual">Docker's over <see cref="IncidentFinder.Trailing"/>.</param>
    public static Burst Of(Rate kubernetes, int projects, Rate docker, Rate usual)
    {
        // An hour too thin to judge by has limits so wide that they would hide every burst: it holds instead of hiding.
        var told = docker.Finished >= LeastDockerJobs;
        var reference = Math.Max(IncidentFinder.LeastReference, Math.Max(Upper(usual), told ? Upper(docker) : 0));
        var chance = BinomialTail.AtLeast(kubernetes.Failed, kubernetes.Finished, reference);
        var isBurst = chance < IncidentFinder.Improbable && kubernetes.Failed >= IncidentFinder.LeastFailures && projects >= LeastProjects;
        return new Burst(isBurst ? told ? BurstOutcome.RollBack : BurstOutcome.Hold : BurstOutcome.None, chance, reference);
    }

    private static double Upper(Rate rate) => WilsonInterval.Of(rate)?.High ?? 0;
}

public enum BurstOutcome
{
    None = 0,

    /// <summary>A burst, but too few docker jobs in the hour to lay it on Kubernetes: alert, and go no further.</summary>
    Hold = 1,

    /// <summary>A burst on Kubernetes alone.</summary>
    RollBack = 2,
}

/// <param name="Chance">Of so many failures or more at the reference rate.</param>
/// <param name="Reference">The failure rate that was granted to Kubernetes.</param>
public readonly record struct Burst(BurstOutcome Outcome, double Chance, double Reference);
