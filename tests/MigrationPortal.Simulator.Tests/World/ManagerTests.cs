using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

public class ManagerTests
{
    [Fact]
    public void Stop_WithARunningJob_TakesNoMoreAndGoesWhenItHasEnded()
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Kubernetes, 2, ["x"]);
        var manager = runner.Managers.Single();
        var running = world.RunOne("tags: [x]\nscript: [make]");
        world.AdvanceMinutes(0.1);
        running.Status.ShouldBe(JobStatus.Running);

        world.Do(new StopManager(manager.Id));
        var later = world.RunOne("tags: [x]\nscript: [make]");
        world.AdvanceMinutes(0.1);

        (manager.IsUp, manager.IsPolling, later.Status).ShouldBe((true, false, JobStatus.Pending));
        manager.ContactedAt(world.Inner.Now)!.Value.ShouldBeGreaterThan(world.Inner.Now.AddSeconds(-4));
        world.AdvanceMinutes(50);
        running.Status.IsFinal().ShouldBeTrue();
        running.FailureReason.ShouldNotBe(FailureReason.RunnerInterrupted);
        (manager.IsUp, manager.ContactedAt(world.Inner.Now)!.Value < running.FinishedAt!.Value.AddSeconds(4)).ShouldBe((false, true));
        later.Status.ShouldBe(JobStatus.Pending);
    }

    [Fact]
    public void Stop_Idle_IsGoneAtOnce()
    {
        var world = new TestWorld();
        var manager = world.Runner(Executor.Kubernetes, 2, ["x"]).Managers.Single();

        world.Do(new StopManager(manager.Id));

        manager.IsUp.ShouldBeFalse();
        world.Refused(new StopManager(manager.Id)).Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public void Counters_TellWhatAManagerTookAndWhatFailed()
    {
        var world = new TestWorld();
        var manager = world.Runner(Executor.Kubernetes, 9, ["x"]).Managers.Single();
        var jobs = Enumerable.Range(0, 30).Select(_ => world.RunOne("tags: [x]\nscript: [make]")).ToList();
        world.AdvanceMinutes(120);

        jobs.ShouldAllBe(job => job.Status.IsFinal());
        manager.JobsTaken.ShouldBe(jobs.Count);
        manager.Failed.ShouldBe(jobs.Where(job => job.Status == JobStatus.Failed).GroupBy(job => job.FailureReason).ToDictionary(g => g.Key, g => g.Count()), ignoreOrder: true);
        manager.Failed.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("image: registry.example.org/ci/android-local:3\nscript: [make]", PodTrouble.ImagePull, false)]
    [InlineData("script: [make]", PodTrouble.None, true)]
    public void Pod_OfAJobOnKubernetes_FaresAsTheJobWill(string yaml, PodTrouble trouble, bool runs)
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Kubernetes, 9, ["x"]);
        var job = world.RunOne("tags: [x]\n" + yaml);
        world.Inner.Truth.PodOf(job).ShouldBeNull("nobody took it yet");
        world.AdvanceMinutes(0.1);

        var pod = world.Inner.Truth.PodOf(job).ShouldNotBeNull();

        (pod.Trouble, pod.RunsFrom is not null).ShouldBe((trouble, runs));
        pod.Name.ShouldMatch($"^runner-{runner.ShortToken}-project-{job.Project.Id}-concurrent-[0-9]-[0-9a-f]{{8}}$");
        pod.Name.ShouldStartWith(pod.SlotName + "-");
        world.AdvanceMinutes(60);
        world.Inner.Truth.PodOf(job).ShouldBe(pod, "what befell it stays the same when it has ended");
    }

    [Fact]
    public void Pod_OfAJobRefusedBeforehand_NeverWas()
    {
        var world = new TestWorld();
        world.Runner(Executor.Kubernetes, 9, ["x"]);
        var job = world.RunOne("tags: [x]\nservices: [{name: postgres, alias: my_db}]\nscript: [make]");
        world.AdvanceMinutes(0.06);

        job.Status.ShouldBe(JobStatus.Running);
        world.Inner.Truth.PodOf(job).ShouldBeNull();
    }
}
