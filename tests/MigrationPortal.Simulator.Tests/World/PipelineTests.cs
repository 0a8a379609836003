using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

public class PipelineTests
{
    private const string ThreeStages = """
        stages: [build, test, deploy]
        build:
          stage: build
          tags: [STAGE1]
          script: [make]
        test:
          tags: [STAGE2]
          script: [make]
        cleanup:
          stage: deploy
          tags: [STAGE3]
          when: always
          script: [make]
        deploy:
          stage: deploy
          tags: [STAGE3]
          script: [make]

        """;

    [Fact]
    public void Stages_LaterOnesWait_AndAFailureSkipsThem()
    {
        var world = new TestWorld();
        var pipeline = world.Run(ThreeStages);
        var (build, test) = (pipeline.Jobs[0], pipeline.Jobs[1]);
        build.Status.ShouldBe(JobStatus.Pending);
        test.Status.ShouldBe(JobStatus.Created);
        world.AdvanceMinutes(61);

        build.FailureReason.ShouldBe(FailureReason.StuckOrTimeoutFailure);
        test.Status.ShouldBe(JobStatus.Skipped);
        pipeline.Jobs.Single(j => j.Name == "deploy").Status.ShouldBe(JobStatus.Skipped);
        pipeline.Jobs.Single(j => j.Name == "cleanup").Status.ShouldBe(JobStatus.Pending);
        world.AdvanceMinutes(61);
        pipeline.Status.ShouldBe(JobStatus.Failed);
    }

    [Fact]
    public void Retry_OfTheBrokenJob_ReopensWhatItSkipped()
    {
        var world = new TestWorld();
        var pipeline = world.Run(ThreeStages);
        world.AdvanceMinutes(61);
        var again = world.Do<Job>(new RetryJob(pipeline.Jobs[0].Id, world.Mara.Id));

        pipeline.Jobs.Single(j => j.Name == "test").Status.ShouldBe(JobStatus.Created);
        again.Status.ShouldBe(JobStatus.Pending);
        world.Inner.Apply(new RetryJob(pipeline.Jobs[0].Id, world.Mara.Id)).Refusal!.Message.ShouldBe("403 Forbidden - Job is not retryable");
    }

    [Fact]
    public void Manual_BlockingHolds_OptionalDoesNot_PlayGoesOn()
    {
        var world = new TestWorld();
        world.Runner(Executor.Shell, 9, ["s"]);
        var held = world.Run("gate:\n  stage: build\n  tags: [s]\n  script: [make]\n  rules: [{when: manual}]\nafter:\n  tags: [s]\n  script: [make]\n");
        var free = world.Run("extra:\n  stage: build\n  tags: [s]\n  script: [make]\n  when: manual\nafter:\n  tags: [s]\n  script: [make]\n");

        held.Status.ShouldBe(JobStatus.Manual);
        held.Jobs[1].Status.ShouldBe(JobStatus.Created);
        free.Jobs[1].Status.ShouldBe(JobStatus.Pending);
        world.Inner.Apply(new PlayJob(free.Jobs[1].Id, world.Mara.Id)).Refusal!.Message.ShouldContain("Unplayable Job");

        world.Do<Job>(new PlayJob(held.Jobs[0].Id, world.Mara.Id)).Status.ShouldBe(JobStatus.Pending);
    }

    [Fact]
    public void Cancel_PendingAndRunning_FreesTheSlot()
    {
        var world = new TestWorld();
        world.Runner(Executor.Docker, 1, ["c"]);
        var running = world.RunOne("tags: [c]\nscript: [make]");
        var second = world.RunOne("tags: [c]\nscript: [make]");
        var third = world.RunOne("tags: [c]\nscript: [make]");
        world.Advance(TimeSpan.FromSeconds(3));
        world.Do<Job>(new CancelJob(second.Id));
        world.Do<Job>(new CancelJob(running.Id));

        running.Status.ShouldBe(JobStatus.Canceled);
        third.Status.ShouldBe(JobStatus.Running);
        world.Refused(new CancelJob(second.Id)).Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Fact]
    public void CancelPipeline_LeavesNothingGoing()
    {
        var world = new TestWorld();
        var pipeline = world.Run(ThreeStages);
        world.Do<Pipeline>(new CancelPipeline(world.Project.Id, pipeline.Id));

        pipeline.Jobs.ShouldAllBe(j => j.Status == JobStatus.Canceled);
        pipeline.Status.ShouldBe(JobStatus.Canceled);
    }

    [Fact]
    public void AutoRetry_TriesAgainAsOftenAsAsked()
    {
        var world = new TestWorld();
        var pipeline = world.Run("job:\n  tags: [nobody]\n  retry: 2\n  script: [make]\n");
        world.AdvanceMinutes(185);

        pipeline.Jobs.Select(j => j.Attempt).ShouldBe([1, 2, 3]);
        pipeline.Jobs.Count(j => j.Retried).ShouldBe(2);
        pipeline.Status.ShouldBe(JobStatus.Failed);
    }

    [Fact]
    public void Events_TellEachStatusOnceInOrder()
    {
        var world = new TestWorld();
        world.Runner(Executor.Docker, 1, ["e"]);
        var seq = world.Inner.Events.LastSeq;
        var job = world.RunOne("tags: [e]\nscript: [make]");
        world.AdvanceMinutes(60);

        var events = world.Inner.Events.After(seq, 100);
        events.Select(e => e.Seq).ShouldBe(Enumerable.Range(1, events.Count).Select(i => seq + i));
        events.Where(e => e.Job == job).Select(e => e.Status)
            .ShouldBe([JobStatus.Created, JobStatus.Pending, JobStatus.Running, job.Status]);
    }

    [Fact]
    public void RunPipeline_Refusals_ReadAsGitLabs()
    {
        var world = new TestWorld();
        world.Refused(new RunPipeline(world.Project.Id, "nope", world.Mara.Id)).ShouldBe(new Refusal(RefusalKind.Invalid, "Reference not found", "base"));
        world.Do<Project>(new UpdateProject(world.Project.Id, CiEnabled: false));
        world.Refused(new RunPipeline(world.Project.Id, world.Project.DefaultBranch, world.Mara.Id)).Field.ShouldBe("base");
    }
}
