using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

public class MatchingTests
{
    [Theory]
    [InlineData("", "docker", true, true)]
    [InlineData("", "docker", false, false)]
    [InlineData("docker", "docker,linux", false, true)]
    [InlineData("docker,linux", "linux", true, false)]
    [InlineData("Docker", "docker", true, false)]
    [InlineData("linux,docker", "docker,linux", false, true)]
    [InlineData("a", "", true, false)]
    public void Matches_TagsAndUntagged_ByGitLabsRule(string job, string runner, bool runUntagged, bool expected)
    {
        var world = new TestWorld();
        var made = world.Do<Runner>(new CreateRunner(
            RunnerType.Instance, TagList: runner.Length == 0 ? [] : [runner], RunUntagged: runUntagged));
        var tags = TagSet.Of(job.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Matching.Matches(made, tags, false, world.Project).ShouldBe(expected);
    }

    [Fact]
    public void Matches_ProtectedRunner_OnlyProtectedRefs()
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Docker, 1, ["x"], refProtected: true);

        Matching.Matches(runner, TagSet.Of(["x"]), false, world.Project).ShouldBeFalse();
        Matching.Matches(runner, TagSet.Of(["x"]), true, world.Project).ShouldBeTrue();
    }

    [Fact]
    public void Reaches_ByTypeAndSwitches()
    {
        var world = new TestWorld();
        var group = world.Project.Namespace;
        var instance = world.Runner(Executor.Docker, 1, ["i"]);
        var ofGroup = world.Do<Runner>(new CreateRunner(RunnerType.Group, GroupId: group.SelfAndAncestors().Last().Id, TagList: ["g"]));
        var ofProject = world.Do<Runner>(new CreateRunner(RunnerType.Project, ProjectId: world.Project.Id, TagList: ["p"]));

        Matching.Reaches(instance, world.Project).ShouldBeTrue();
        Matching.Reaches(ofGroup, world.Project).ShouldBeTrue();
        Matching.Reaches(ofProject, world.Other).ShouldBeFalse();

        world.Do<Project>(new UpdateProject(world.Project.Id, SharedRunnersEnabled: false, GroupRunnersEnabled: false));

        Matching.Reaches(instance, world.Project).ShouldBeFalse();
        Matching.Reaches(ofGroup, world.Project).ShouldBeFalse();
        Matching.Reaches(ofProject, world.Project).ShouldBeTrue();

        world.Do<Runner>(new AssignRunner(world.Other.Id, ofProject.Id));
        Matching.Reaches(ofProject, world.Other).ShouldBeTrue();
    }

    [Fact]
    public void UpdateRunner_TagAdded_TakesJobAlreadyPending()
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Docker, 1, ["other"]);
        var job = world.RunOne("tags: [late]\nscript: [make]");
        world.AdvanceMinutes(10);
        job.Status.ShouldBe(JobStatus.Pending);

        world.Do<Runner>(new UpdateRunner(runner.Id, TagList: ["other,late"]));
        world.Advance(TimeSpan.FromSeconds(3));

        job.Status.ShouldBe(JobStatus.Running);
        job.Runner.ShouldBe(runner);
        job.RanOn.ShouldBe(Executor.Docker);
        world.Inner.Truth.Of(job).UnservedSeconds.ShouldBe(600, 1);
    }

    [Fact]
    public void UpdateRunner_Paused_TakesNothingButFinishesRunning()
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Docker, 5, ["mine"]);
        var running = world.RunOne("tags: [mine]\nscript: [make]");
        world.Advance(TimeSpan.FromSeconds(3));
        world.Do<Runner>(new UpdateRunner(runner.Id, Paused: true));
        var waiting = world.RunOne("tags: [mine]\nscript: [make]");
        world.AdvanceMinutes(30);

        running.Status.IsFinal().ShouldBeTrue();
        waiting.Status.ShouldBe(JobStatus.Pending);
        runner.ContactedAt(world.Inner.Now)!.Value.ShouldBeGreaterThan(world.Inner.Now.AddSeconds(-3));
    }
}
