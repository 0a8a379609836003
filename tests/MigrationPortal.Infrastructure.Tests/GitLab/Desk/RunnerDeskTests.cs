using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.World;
using RunnerType = MigrationPortal.World.RunnerType;

namespace MigrationPortal.Infrastructure.Tests.GitLab.Desk;

public sealed class RunnerDeskTests(DeskWorld world) : IClassFixture<DeskWorld>
{
    private IRunnerDesk Desk => world.Get<IRunnerDesk>();

    [Fact]
    public async Task Switches_AreSetOneByOne_AndReadBack()
    {
        DeskWorld.Done(await Desk.SwitchAsync(world.Maintainer, world.Project, false, null, default)).ShouldSatisfyAllConditions(one => one.SharedRunners.ShouldBeFalse(), one => one.GroupRunners.ShouldBe(true));
        DeskWorld.Done(await Desk.SwitchAsync(world.Maintainer, world.Project, null, false, default)).ShouldSatisfyAllConditions(one => one.SharedRunners.ShouldBeFalse(), one => one.GroupRunners.ShouldBe(false));
        DeskWorld.Done(await Desk.SwitchAsync(world.Maintainer, world.Project, true, true, default)).SharedRunners.ShouldBeTrue();
        DeskWorld.Done(await world.Get<IProjectReader>().SettingsAsync(world.Maintainer, world.Project, default)).SharedRunners.ShouldBeTrue();
        DeskWorld.Refused(await Desk.SwitchAsync(world.Developer, world.Project, false, null, default)).Code.ShouldBe(DeskCode.Forbidden);
        DeskWorld.Refused(await Desk.SwitchAsync(world.Stranger, world.Project, false, null, default)).Code.ShouldBe(DeskCode.NotFound);
    }

    [Fact]
    public async Task SharedRunners_ThatTheGroupForbids_StayOff()
    {
        var group = world.World(one => one.Directory.FindProject((int)world.Project.Number)!.Namespace.Id);
        world.World(one => one.Apply(new UpdateGroup(group, SharedRunnersSetting.DisabledAndUnoverridable)).Ok).ShouldBeTrue();
        try
        {
            var no = DeskWorld.Refused(await Desk.SwitchAsync(world.Maintainer, world.Project, true, null, default));
            (no.Code, no.Reasons.Single()).ShouldBe((DeskCode.Invalid, "shared_runners_enabled: cannot be enabled because parent group does not allow it"));
        }
        finally
        {
            world.World(one => one.Apply(new UpdateGroup(group, SharedRunnersSetting.Enabled)).Ok).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Pair_OfAnAdministrator_IsLentByThePortal_NotTakenByThePerson()
    {
        var runner = Pair(locked: false);
        DeskWorld.Refused(await Desk.AssignAsync(world.Maintainer, world.Project, runner, default)).Code.ShouldBe(DeskCode.Forbidden);
        DeskWorld.Done(await Desk.LendAsync(world.Project, runner, default)).Id.ShouldBe(runner);
        DeskWorld.Done(await Desk.LendAsync(world.Project, runner, default)).Id.ShouldBe(runner, "it is assigned already");
        DeskWorld.Done(await Desk.AssignedAsync(world.Maintainer, world.Project, default)).ShouldContain(one => one.Id == runner);
        DeskWorld.Refused(await Desk.AssignedAsync(world.Developer, world.Project, default)).Code.ShouldBe(DeskCode.Forbidden);

        DeskWorld.Refused(await Desk.UnassignAsync(world.Developer, world.Project, runner, default)).Code.ShouldBe(DeskCode.Forbidden);
        DeskWorld.Done(await Desk.UnassignAsync(world.Maintainer, world.Project, runner, default)).ShouldBeTrue();
        DeskWorld.Done(await Desk.UnassignAsync(world.Maintainer, world.Project, runner, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Runner_LockedOrNotThere_IsNotAssigned()
    {
        var no = DeskWorld.Refused(await Desk.LendAsync(world.Project, Pair(locked: true), default));
        (no.Code, no.Reasons.Single()).ShouldBe((DeskCode.Forbidden, "403 Forbidden - Runner is locked"));
        DeskWorld.Refused(await Desk.LendAsync(world.Project, new RunnerId(DeskWorld.Production, 999_999), default)).Code.ShouldBe(DeskCode.NotFound);
    }

    [Fact]
    public async Task Lend_InObserveMode_IsRefused()
    {
        await using var observing = world.Build(writes: false);
        DeskWorld.Refused(await observing.GetRequiredService<IRunnerDesk>().LendAsync(world.Project, Pair(locked: false), default)).Code.ShouldBe("observe-mode");
    }

    private RunnerId Pair(bool locked) => new(DeskWorld.Production, world.World(one =>
        one.Apply(new CreateRunner(RunnerType.Project, ProjectId: one.Directory.Projects.First(project => project.Id != world.Project.Number && one.Directory.AccessTo(world.Mia, project) == AccessLevel.None).Id, TagList: ["k8s-default"], Locked: locked)).Get<Runner>().Id));
}
