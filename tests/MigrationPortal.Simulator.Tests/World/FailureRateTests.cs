using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

/// <summary>The levers of a world in which Kubernetes is as good as docker, or worse, or projects differ.</summary>
public class FailureRateTests
{
    private static readonly WorldOptions Busy = WorldOptions.Small with { JobsPerWorkday = 4_000, HistoryDays = 4 };

    [Fact]
    public void KubernetesFailureFactor_MakesItsJobsFailMore_AndNobodyElses()
    {
        var (usual, worse) = (Untagged(Busy), Untagged(Busy with { KubernetesFailureFactor = 30 }));
        Share(worse, Executor.Kubernetes).ShouldBeInRange(0.06, 0.11);
        Share(usual, Executor.Kubernetes).ShouldBeLessThan(0.01);
        Share(worse, Executor.Docker, Executor.DockerMachine).ShouldBeLessThan(0.01);
    }

    [Fact]
    public void KubernetesCauses_Off_LeaveOnlyWhatFailsEverywhere()
    {
        static bool OnlyThere(GitLabWorld world) => world.Jobs.All.Any(job => job.RanOn == Executor.Kubernetes && job.Cause.IsIncompatibility());
        OnlyThere(Untagged(Busy)).ShouldBeTrue();
        OnlyThere(Untagged(Busy with { KubernetesCauses = false })).ShouldBeFalse();
    }

    [Fact]
    public void ProjectFailureSpread_MakesProjectsDiffer_OnEveryExecutorAlike()
    {
        var world = new GitLabWorld(Busy with { ProjectFailureSpread = 2 });
        var factors = world.Directory.Projects.Select(world.Truth.InfrastructureFactor).ToList();
        factors.Max().ShouldBeGreaterThan(3);
        factors.Min().ShouldBeLessThan(0.5);
        var plain = new GitLabWorld(Busy);
        plain.Directory.Projects.Select(plain.Truth.InfrastructureFactor).ShouldAllBe(factor => factor == 1);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.1, 5, 20)]
    [InlineData(1, 120, 120)]
    public void IncidentDays_AreTheShareOfDaysWithAnIncidentOfTheWorldsOwn(double share, int least, int most) =>
        new GitLabWorld(Busy with { IncidentDays = share, HistoryDays = 0 }).Faults.Incidents.Count.ShouldBeInRange(least, most);

    // All Kubernetes runners take untagged jobs for two days.
    private static GitLabWorld Untagged(WorldOptions options)
    {
        var world = new GitLabWorld(options);
        foreach (var runner in world.Fleet.Runners.Where(one => one.Managers.Any(manager => manager.Executor == Executor.Kubernetes) && one.Type == RunnerType.Instance))
            world.Apply(new UpdateRunner(runner.Id, RunUntagged: true, Paused: false)).Ok.ShouldBeTrue();
        world.AdvanceTo(world.Now.AddDays(2));
        return world;
    }

    private static double Share(GitLabWorld world, params Executor[] executors)
    {
        var jobs = world.Jobs.All.Where(job => job.RanOn is { } ran && executors.Contains(ran) && job.FinishedAt is not null).ToList();
        jobs.Count.ShouldBeGreaterThan(1_000);
        return jobs.Count(job => job.Cause == Cause.Infrastructure) / (double)jobs.Count;
    }
}
