using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

public class RunnerRuleTests
{
    [Theory]
    [InlineData("a,b", "a|b")]
    [InlineData(" a , ,b,a", "a|b")]
    [InlineData("b,a", "b|a")]
    [InlineData("\"a,b\",c", "a,b|c")]
    public void UpdateRunner_TagList_IsParsedAsGitLabDoes(string given, string expected)
    {
        var world = new TestWorld();
        var runner = world.Do<Runner>(new CreateRunner(RunnerType.Instance));

        world.Do<Runner>(new UpdateRunner(runner.Id, TagList: [given])).TagList.ShouldBe(expected.Split('|'));
    }

    [Fact]
    public void UpdateRunner_FiftyOneTags_IsRefusedUnderTagsList()
    {
        var world = new TestWorld();
        var id = world.Do<Runner>(new CreateRunner(RunnerType.Instance)).Id;

        world.Do<Runner>(new UpdateRunner(id, TagList: [.. Enumerable.Range(0, 50).Select(i => $"t{i}")]));
        var refusal = world.Refused(new UpdateRunner(id, TagList: [.. Enumerable.Range(0, 51).Select(i => $"t{i}")]));

        refusal.ShouldBe(new Refusal(RefusalKind.Invalid, "Too many tags specified. Please limit the number of tags to 50", "tags_list"));
    }

    [Fact]
    public void UpdateRunner_NoTagsAndNoUntagged_IsRefusedOnTheFinalState()
    {
        var world = new TestWorld();
        var id = world.Do<Runner>(new CreateRunner(RunnerType.Instance)).Id;
        var message = "can not be empty when runner is not allowed to pick untagged jobs";

        world.Refused(new UpdateRunner(id, RunUntagged: false)).Message.ShouldBe(message);
        world.Do<Runner>(new UpdateRunner(id, RunUntagged: false, TagList: ["x"]));
        world.Refused(new UpdateRunner(id, TagList: [])).Field.ShouldBe("tags_list");
        world.Do<Runner>(new UpdateRunner(id, RunUntagged: true, TagList: [])).TagList.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(599, false)]
    [InlineData(600, true)]
    public void UpdateRunner_MaximumTimeout_IsAtLeastTenMinutes(int seconds, bool allowed)
    {
        var world = new TestWorld();
        var id = world.Do<Runner>(new CreateRunner(RunnerType.Instance)).Id;

        var result = world.Inner.Apply(new UpdateRunner(id, MaximumTimeout: seconds));

        result.Ok.ShouldBe(allowed);
        result.Refusal?.Message.ShouldBe("needs to be at least 10 minutes");
    }

    [Fact]
    public void Refused_ChangesNothingAndIsNotLogged()
    {
        var world = new TestWorld();
        var runner = world.Do<Runner>(new CreateRunner(RunnerType.Instance, TagList: ["a"], RunUntagged: false));
        var logged = world.Inner.InputLog.Count;

        world.Refused(new UpdateRunner(runner.Id, Description: "new", TagList: []));

        runner.Description.ShouldBeNull();
        runner.TagList.ShouldBe(["a"]);
        world.Inner.InputLog.Count.ShouldBe(logged);
    }

    [Fact]
    public void AssignRunner_OnlyUnlockedProjectRunners()
    {
        var world = new TestWorld();
        var instance = world.Runner(Executor.Docker, 1, ["x"]);
        var group = world.Do<Runner>(new CreateRunner(RunnerType.Group, GroupId: world.Project.Namespace.Id));
        var locked = world.Do<Runner>(new CreateRunner(RunnerType.Project, ProjectId: world.Project.Id, Locked: true));
        var free = world.Do<Runner>(new CreateRunner(RunnerType.Project, ProjectId: world.Project.Id));

        world.Refused(new AssignRunner(world.Other.Id, instance.Id)).Kind.ShouldBe(RefusalKind.Forbidden);
        world.Refused(new AssignRunner(world.Other.Id, group.Id)).Message.ShouldContain("Runner is a group runner");
        world.Refused(new AssignRunner(world.Other.Id, locked.Id)).Message.ShouldContain("Runner is locked");
        world.Do<Runner>(new AssignRunner(world.Other.Id, free.Id)).Projects.Count.ShouldBe(2);
        world.Refused(new AssignRunner(world.Other.Id, free.Id)).Message.ShouldEndWith("runner_error");
        world.Refused(new UnassignRunner(world.Project.Id, free.Id)).Message.ShouldContain("owner project");
        world.Do(new UnassignRunner(world.Other.Id, free.Id));
    }

    [Fact]
    public void CreateRunner_NeverContacted_UntilAManagerConnects()
    {
        var world = new TestWorld();
        var runner = world.Do<Runner>(new CreateRunner(RunnerType.Instance, TagList: ["x"]));
        runner.Token.ShouldStartWith("glrt-t1_");
        runner.Status(world.Inner.Now).ShouldBe(ContactStatus.NeverContacted);

        world.Do<RunnerManager>(new ConnectManager(runner.Id, Executor.Kubernetes, 2, Cluster: "k8s-a"));
        runner.Status(world.Inner.Now).ShouldBe(ContactStatus.Online);
    }

    [Fact]
    public void DeleteRunner_JobsKeepTheirHistoryWithoutIt()
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Docker, 1, ["x"]);
        var job = world.RunOne("tags: [x]\nscript: [make]");
        world.AdvanceMinutes(30);
        world.Do(new DeleteRunner(runner.Id));

        job.Runner.ShouldBeNull();
        job.RanOn.ShouldBe(Executor.Docker);
        world.Inner.Fleet.Find(runner.Id).ShouldBeNull();
    }

    [Theory]
    [InlineData(0.5, ContactStatus.Online)]
    [InlineData(1.99, ContactStatus.Online)]
    [InlineData(2.01, ContactStatus.Offline)]
    [InlineData(167.9, ContactStatus.Offline)]
    [InlineData(168.1, ContactStatus.Stale)]
    public void Status_AfterSilence_FollowsTwoHoursAndSevenDays(double hours, ContactStatus expected)
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Docker, 1, ["x"]);
        world.Do<RunnerManager>(new DisconnectManager(runner.Managers[0].Id));
        world.Advance(TimeSpan.FromHours(hours));

        runner.Status(world.Inner.Now).ShouldBe(expected);
    }
}
