using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>
/// The burst of statistics.md C(a), for infrastructure failures and for all: a reason may be wrong, or not read yet. Whatever hits
/// docker in the same hour raises the rate that is granted to Kubernetes.
/// </summary>
public sealed class HourBurstRule(bool all) : GuardRule
{
    public override string Key => all ? "burst-all" : "burst";

    public override string Title => all ? "Burst of failures on Kubernetes" : "Burst of infrastructure failures on Kubernetes";

    public override string Limit =>
        $"so many of Kubernetes's jobs in {BurstRule.Window.TotalMinutes:0} minutes would fail by chance less often than once in a million, even at the worse of docker's rate in the same time{(all ? ", docker's and its own" : " and docker's")} in the 14 days before; at least {IncidentFinder.LeastFailures} failures in {BurstRule.LeastProjects} projects. Where docker finished fewer than {BurstRule.LeastDockerJobs} jobs, people are told instead.";

    public override GuardReading Read(GuardFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var (kubernetes, docker) = (facts.Hour.Kubernetes.Rate(all), facts.Hour.Docker.Rate(all));
        var projects = all ? facts.Hour.FailingProjects : facts.Hour.InfrastructureProjects;
        var usual = facts.DockerUsual.Rate(all);
        // All failures depend on whose jobs they are: a mix that always fails more often than docker's is no burst.
        var own = facts.KubernetesUsual.Rate(all);
        if (all && WilsonInterval.Of(own)?.High > (WilsonInterval.Of(usual)?.High ?? 0)) usual = own;
        var burst = BurstRule.Of(kubernetes, projects, docker, usual);

        var value = $"{GateWords.Count(kubernetes.Failed)} of {GateWords.Count(kubernetes.Finished)}";
        var found = $"In the last 60 minutes {GateWords.Count(kubernetes.Failed)} of {GateWords.Jobs(kubernetes.Finished)} on Kubernetes failed{(all ? "" : " for reasons of infrastructure")}, in {GateWords.Count(projects)} {(projects == 1 ? "project" : "projects")}; "
            + $"on docker {GateWords.Count(docker.Failed)} of {GateWords.Count(docker.Finished)}. Up to {GateWords.Percent(burst.Reference)} would be usual";
        return burst.Outcome switch
        {
            BurstOutcome.RollBack => Says(GuardAct.RollBack, value, $"{found}: so many by chance is less likely than one in a million."),
            BurstOutcome.Hold => Says(GuardAct.Hold, value, $"{found}: so many by chance is less likely than one in a million, but docker finished fewer than {BurstRule.LeastDockerJobs} jobs, so it cannot be told whether docker suffers as well."),
            _ => Says(GuardAct.None, value, $"{found}: no burst."),
        };
    }
}
