using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

public class QueueTests
{
    [Theory]
    [InlineData("18.11.2", FailureReason.StuckOrTimeoutFailure)]
    [InlineData("19.1.0", FailureReason.StuckPendingNoMatchingRunners)]
    public void Stuck_NobodyMatches_IsDroppedAfterOneHour(string version, FailureReason reason)
    {
        var world = new TestWorld(WorldOptions.Quiet with { GitLabVersion = version });
        var job = world.RunOne("tags: [nobody]\nscript: [make]");

        world.Advance(TimeSpan.FromMinutes(59.9));
        job.Status.ShouldBe(JobStatus.Pending);
        world.AdvanceMinutes(0.2);

        job.Status.ShouldBe(JobStatus.Failed);
        job.FailureReason.ShouldBe(reason);
        world.Inner.Truth.Of(job).ShouldBe(new JobTruth(job.Id, null, false, Cause.NoRunner, reason, 3600));
    }

    [Fact]
    public void Stuck_DarkRunner_CountsAsOnlineForTwoHours()
    {
        var world = new TestWorld(WorldOptions.Quiet with { GitLabVersion = "19.2.1" });
        var runner = world.Runner(Executor.Docker, 1, ["x"]);
        world.Do(new GoDark(RunnerId: runner.Id));
        var lost = world.RunOne("tags: [x]\nscript: [make]");
        world.AdvanceMinutes(90);
        lost.Status.ShouldBe(JobStatus.Pending, "GitLab still thinks the runner is online");
        world.AdvanceMinutes(60);
        lost.FailureReason.ShouldBe(FailureReason.StuckPendingNoMatchingRunners);
        world.Inner.Truth.Of(lost).UnservedSeconds.ShouldBeGreaterThan(7100);
    }

    [Fact]
    public void Lost_DarkTwiceWithinAnHour_IsDroppedAnHourAfterTheSecondTime()
    {
        var world = new TestWorld(WorldOptions.Quiet with { GitLabVersion = "19.2.1" });
        var runner = world.Runner(Executor.Docker, 1, ["x"]);
        var job = world.Run("soak:\n  tags: [x]\n  script: [./soak.sh]\n  timeout: 20h\n").Jobs.Single();
        world.AdvanceMinutes(1);
        job.Status.ShouldBe(JobStatus.Running);
        world.Do(new GoDark(RunnerId: runner.Id));
        world.AdvanceMinutes(10);
        world.Do(new ComeBack(RunnerId: runner.Id));
        job.Status.ShouldBe(JobStatus.Running, "a soak test lasts for hours");
        world.AdvanceMinutes(45);
        world.Do(new GoDark(RunnerId: runner.Id));

        world.AdvanceMinutes(59);
        job.Status.ShouldBe(JobStatus.Running);
        world.AdvanceMinutes(2);
        job.FailureReason.ShouldBe(FailureReason.NoUpdatesRunning);
    }

    [Fact]
    public void Stuck_OnlyRunnerAlwaysBusy_IsDroppedAfterADay()
    {
        var world = new TestWorld(WorldOptions.Quiet with { GitLabVersion = "19.2.1" });
        world.Runner(Executor.Docker, 1, ["x"]);
        world.Run("soak:\n  tags: [x]\n  parallel: 40\n  script: [./soak.sh]\n");
        var last = world.RunOne("tags: [x]\nscript: [make]");
        world.Advance(TimeSpan.FromHours(23.9));
        last.Status.ShouldBe(JobStatus.Pending);
        world.Advance(TimeSpan.FromHours(0.3));

        last.FailureReason.ShouldBe(FailureReason.StuckPendingWithMatchingRunners);
        world.Inner.Truth.Of(last).UnservedSeconds.ShouldBe(0);
    }

    [Fact]
    public void FairUse_InstanceRunner_PrefersProjectWithFewestRunning()
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Docker, 2, ["fair"]);
        var first = world.RunOne("tags: [fair]\nscript: [make]");
        world.Advance(TimeSpan.FromSeconds(3));
        first.Status.ShouldBe(JobStatus.Running);
        world.Do<Runner>(new UpdateRunner(runner.Id, Paused: true));
        var same = world.RunOne("tags: [fair]\nscript: [make]");
        var other = world.RunOne("tags: [fair]\nscript: [make]", world.Other);
        world.Do<Runner>(new UpdateRunner(runner.Id, Paused: false));
        world.Advance(TimeSpan.FromSeconds(3));

        other.Status.ShouldBe(JobStatus.Running);
        same.Status.ShouldBe(JobStatus.Pending);
    }

    [Fact]
    public void Fifo_ProjectRunner_TakesLowestId()
    {
        var world = new TestWorld();
        var runner = world.Do<Runner>(new CreateRunner(RunnerType.Project, ProjectId: world.Project.Id, TagList: ["own"], Paused: true));
        world.Do<Runner>(new AssignRunner(world.Other.Id, runner.Id));
        world.Do<RunnerManager>(new ConnectManager(runner.Id, Executor.Docker, 2));
        var jobs = new[] { world.Project, world.Project, world.Other }.Select(p => world.RunOne("tags: [own]\nscript: [make]", p)).ToList();
        world.Do<Runner>(new UpdateRunner(runner.Id, Paused: false));
        world.Advance(TimeSpan.FromSeconds(3));

        jobs.Select(j => j.Status).ShouldBe([JobStatus.Running, JobStatus.Running, JobStatus.Pending]);
    }

    [Fact]
    public void SlotFreed_NextJobStartsAtOnce()
    {
        var world = new TestWorld();
        world.Runner(Executor.Docker, 1, ["one"]);
        var jobs = Enumerable.Range(0, 3).Select(_ => world.RunOne("tags: [one]\nscript: [make]")).ToList();
        world.AdvanceMinutes(60);

        jobs[1].StartedAt.ShouldBe(jobs[0].FinishedAt);
        jobs[2].StartedAt.ShouldBe(jobs[1].FinishedAt);
    }

    [Fact]
    public void FirstPoll_IsOnTheManagersThreeSecondGrid()
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Docker, 4, ["grid"]);
        var polls = new HashSet<long>();
        for (var i = 0; i < 4; i++)
        {
            world.Advance(TimeSpan.FromMilliseconds(777 * (i + 1)));
            var queued = world.Inner.Now;
            var job = world.RunOne("tags: [grid]\nscript: [make]");
            world.Advance(TimeSpan.FromSeconds(3));
            (job.StartedAt!.Value - queued).ShouldBeLessThan(TimeSpan.FromSeconds(3));
            polls.Add(job.StartedAt.Value.ToUnixTimeMilliseconds() % 3000);
        }

        polls.ShouldHaveSingleItem().ShouldBe(runner.Managers[0].PhaseMs);
        runner.ContactedAt(world.Inner.Now)!.Value.ToUnixTimeMilliseconds().ShouldSatisfyAllConditions(
            ms => (ms % 3000).ShouldBe(runner.Managers[0].PhaseMs),
            ms => ms.ShouldBeGreaterThan(world.Inner.Now.ToUnixTimeMilliseconds() - 3000));
    }

    [Fact]
    public void UnservedSeconds_CountOnlyTimeWithoutAnyAbleRunner()
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Docker, 1, ["u"]);
        var busy = world.RunOne("tags: [u]\nscript: [sleep]\n");
        var waiting = world.RunOne("tags: [u]\nscript: [make]");
        world.Advance(TimeSpan.FromSeconds(10));
        busy.Status.ShouldBe(JobStatus.Running);
        world.Inner.Truth.Of(waiting).UnservedSeconds.ShouldBe(0);

        world.Do<Runner>(new UpdateRunner(runner.Id, Paused: true));
        world.Advance(TimeSpan.FromSeconds(20));
        world.Do<Runner>(new UpdateRunner(runner.Id, Paused: false));
        world.Inner.Truth.Of(waiting).UnservedSeconds.ShouldBe(20);
        world.Inner.Truth.Classes().Single(c => c.Tags == TagSet.Of(["u"])).ShouldSatisfyAllConditions(
            c => c.UnservedSeconds.ShouldBe(20),
            c => c.ServedNow.ShouldBeTrue(),
            c => c.Jobs.ShouldBe(2));
    }

    [Fact]
    public void ClusterDark_RunningJobsAreLostAfterAnHour_AndOthersGoOn()
    {
        var world = new TestWorld(WorldOptions.Quiet with { GitLabVersion = "19.2.0" });
        var runner = world.Do<Runner>(new CreateRunner(RunnerType.Instance, TagList: ["k"]));
        world.Do<RunnerManager>(new ConnectManager(runner.Id, Executor.Kubernetes, 5, Cluster: "k8s-z"));
        var job = world.RunOne("tags: [k]\nscript: [make]");
        world.Advance(TimeSpan.FromSeconds(4));
        world.Do(new GoDark(Cluster: "k8s-z"));
        world.AdvanceMinutes(59);
        job.Status.ShouldBe(JobStatus.Running);
        world.AdvanceMinutes(2);

        job.FailureReason.ShouldBe(FailureReason.NoUpdatesRunning);
        job.Cause.ShouldBe(Cause.RunnerLost);
        (world.Inner.Now - runner.ContactedAt(world.Inner.Now)!.Value).ShouldBeGreaterThan(TimeSpan.FromMinutes(60));
    }

    [Fact]
    public void DarkForAWhile_JobReportsItsEndWhenLightReturns()
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Docker, 1, ["d"]);
        var job = world.RunOne("tags: [d]\nscript: [make]");
        world.Advance(TimeSpan.FromSeconds(4));
        world.Do(new GoDark(RunnerId: runner.Id, Minutes: 40));
        world.AdvanceMinutes(39);
        job.Status.ShouldBe(JobStatus.Running);
        world.AdvanceMinutes(2);

        job.Status.IsFinal().ShouldBeTrue();
        job.Cause.ShouldNotBe(Cause.RunnerLost);
    }
}
