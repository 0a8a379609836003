using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

/// <summary>The world's reason to be: changing runners really moves jobs.</summary>
public class MigrationTests
{
    [Fact]
    public void Takeover_MovesUntaggedJobs_AndNobodyIsEverUnserved()
    {
        var world = new GitLabWorld(WorldOptions.Small);
        Share(world, 0).ShouldBe(0);

        foreach (var runner in Kubernetes(world))
        {
            world.Apply(new UpdateRunner(runner.Id, TagList: ["k8s-default", .. runner.TagList], RunUntagged: true, Paused: false)).Ok.ShouldBeTrue();
        }

        world.AdvanceTo(world.Now.AddHours(6));
        Share(world, 6).ShouldBeInRange(0.15, 0.95);

        foreach (var runner in Docker(world))
        {
            world.Apply(new UpdateRunner(runner.Id, TagList: ["docker-fallback", .. runner.TagList], RunUntagged: false)).Ok.ShouldBeTrue();
        }

        world.AdvanceTo(world.Now.AddHours(24));
        Share(world, 23).ShouldBe(1);
        world.Truth.Classes().Where(c => c.ServedNow).Sum(c => c.UnservedSeconds).ShouldBe(0);
        world.Jobs.All.Where(j => j.RanOn == Executor.Kubernetes).ShouldContain(j => j.Cause == Cause.Ping);
    }

    [Fact]
    public void Qa_HasItsOwnRunnersAndServesAllItsJobs()
    {
        var world = new GitLabWorld(WorldOptions.Qa(new WorldOptions()));

        world.Now.ShouldBe(new WorldOptions().Now);
        world.Fleet.Runners.ShouldAllBe(r => r.Description!.StartsWith("qa-", StringComparison.Ordinal));
        Kubernetes(world).Count.ShouldBe(2);
        world.Jobs.Count.ShouldBeGreaterThan(100);
        world.Truth.Classes().ShouldAllBe(c => c.ServedNow && c.UnservedSeconds == 0);
    }

    [Fact]
    public void NarrowBeforeWiden_LeavesJobsUnserved_AndTruthSaysSo()
    {
        var world = new GitLabWorld(WorldOptions.Small);
        foreach (var runner in Docker(world))
        {
            world.Apply(new UpdateRunner(runner.Id, RunUntagged: false)).Ok.ShouldBeTrue();
        }

        world.AdvanceTo(world.Now.AddHours(3));

        world.Truth.Classes().Where(c => c.Tags.IsEmpty).Sum(c => c.UnservedSeconds).ShouldBeGreaterThan(3600);
        world.Jobs.All.ShouldContain(j => j.Cause == Cause.NoRunner && j.Untagged);
    }

    private static List<Runner> Kubernetes(GitLabWorld world) =>
        [.. world.Fleet.Runners.Where(r => r.Type == RunnerType.Instance && r.Managers.All(m => m.Executor == Executor.Kubernetes))];

    private static List<Runner> Docker(GitLabWorld world) => [.. world.Fleet.Runners.Where(r => r.Type == RunnerType.Instance
        && r.RunUntagged && r.Managers.All(m => m.Executor is Executor.Docker or Executor.DockerMachine))];

    /// <summary>Share of untagged jobs on instance runners of these last hours that Kubernetes took.</summary>
    private static double Share(GitLabWorld world, double hours)
    {
        var jobs = world.Jobs.All.Where(j => j.Untagged && j.Runner?.Type == RunnerType.Instance
            && (hours == 0 || j.StartedAt > world.Now.AddHours(-hours))).ToList();
        jobs.Count.ShouldBeGreaterThan(20);
        return jobs.Count(j => j.RanOn == Executor.Kubernetes) / (double)jobs.Count;
    }
}
