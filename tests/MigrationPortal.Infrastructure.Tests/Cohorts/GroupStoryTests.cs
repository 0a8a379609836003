using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;
using static MigrationPortal.Infrastructure.Tests.Cohorts.MoveWorld;
using CreateVariable = MigrationPortal.World.CreateVariable;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>A group's variable set and taken back in its owner's name against the simulated GitLab; what ran where is the world's own truth.</summary>
public sealed class GroupStoryTests(PostgresFixture postgres)
{
    private const string Led = "default:\n  tags: [$RUNNER_TAG]\nbuild:\n  script: [make]\n";
    private const string Blocked = "default:\n  tags: [$RUNNER_TAG]\nbuild:\n  script: [make]\nnet:\n  script: [ping -c1 db.example.org]\n";
    private static readonly InstanceId Instance = SimulatedPortal.Production;

    [Fact]
    public async Task Group_MovesWhatItsVariableLeads_PinnedProjectStays_AndTheWayBackLeavesNothing()
    {
        await using var portal = await OptInAsync();
        var (group, owner, token, projects) = Choose(portal);
        var (plain, blocked, apart) = (projects[0], projects[1], projects[2]);
        Write(portal, plain, owner, Led);
        Write(portal, blocked, owner, Blocked);
        Write(portal, apart, owner, "build:\n  script: [make]\n");
        await ScanAllAsync(portal, group);
        var move = portal.Get<MoveGroup>();

        var refused = Refused(await move.RunAsync(group, "RUNNER_TAG", null, token, Actor.Portal, default));
        refused.Code.ShouldBe("way-not-offered");
        refused.Reasons.ShouldContain(one => one.Contains("net", StringComparison.Ordinal) && one.Contains(PathOf(portal, blocked), StringComparison.Ordinal));
        GroupVariable(portal, group).ShouldBeNull();
        (await portal.Get<IGroupMoveStore>().ActiveAsync(Instance, [group.Id.Number], default)).ShouldBeEmpty();

        // What is in the way is pinned first, by the ordinary way: a variable of the project's own.
        Done(await portal.Get<MoveProject>().RunAsync(new MoveWish(blocked, EnrollmentTarget.Docker, EnrollmentWay.Variable, null, "not yet"), token, Actor.Portal, default));
        var seen = Done(await portal.Get<PreviewGroupMove>().RunAsync(group, "RUNNER_TAG", token, default));
        seen.Plan.Projects.Single(one => one.Project == blocked).Jobs.ShouldAllBe(job => job.Kind == GroupJobKind.Shadowed);
        seen.Plan.Projects.Single(one => one.Project == apart).IsLed.ShouldBeFalse();
        (seen.Value, seen.HasDefault, seen.Plan.IsOffered).ShouldBe((null, true, true));

        var moved = Done(await move.RunAsync(group, "RUNNER_TAG", "all together", token, Actor.Portal, default));
        (moved.State, GroupVariable(portal, group)!.Value).ShouldBe((SharedMoveState.Moved, "k8s-default"));
        moved.Projects.ShouldContain(plain.Number);
        moved.Projects.ShouldNotContain(blocked.Number);
        var enrollments = portal.Get<IEnrollmentStore>();
        (await enrollments.ActiveAsync(plain, default))!.ShouldSatisfyAllConditions(one => one.Kind.ShouldBe(EnrollmentKind.Carried), one => one.State.ShouldBe(EnrollmentState.Moved), one => one.Way.ShouldBe(EnrollmentWay.Variable));
        (await enrollments.ActiveAsync(apart, default)).ShouldBeNull();
        (await enrollments.ActiveAsync(blocked, default))!.Kind.ShouldBe(EnrollmentKind.Volunteer);

        // The same click again changes nothing.
        Done(await move.RunAsync(group, "RUNNER_TAG", null, token, Actor.Portal, default)).ShouldSatisfyAllConditions(one => one.Id.ShouldBe(moved.Id), one => one.Version.ShouldBe(moved.Version));
        foreach (var one in (ProjectId[])[plain, blocked, apart]) await RunAsync(portal, one, owner);
        await portal.RunAsync<MoveSweep>();
        Ran(portal, plain, "build").ShouldBe(World.Executor.Kubernetes);
        Ran(portal, blocked, "net").ShouldNotBe(World.Executor.Kubernetes);
        Ran(portal, blocked, "build").ShouldNotBe(World.Executor.Kubernetes);
        Ran(portal, apart, "build").ShouldNotBe(World.Executor.Kubernetes);
        (await enrollments.ActiveAsync(plain, default))!.State.ShouldBe(EnrollmentState.Verified);

        Done(await portal.Get<ReturnGroup>().RunAsync(group, null, "not yet", token, Actor.Portal, default)).State.ShouldBe(SharedMoveState.Returned);
        // The world sets an empty default for all: without the group's own the jobs are untagged, as before.
        GroupVariable(portal, group).ShouldBeNull();
        (await enrollments.NewestAsync(plain, default))!.State.ShouldBe(EnrollmentState.Returned);
        (await enrollments.ActiveAsync(blocked, default))!.Target.ShouldBe(EnrollmentTarget.Docker);
        Refused(await portal.Get<ReturnGroup>().RunAsync(group, null, null, token, Actor.Portal, default)).Code.ShouldBe("not-moved");
        (await portal.Get<IAuditTrail>().VerifyAsync(default)).FirstBroken.ShouldBeNull();
    }

    [Fact]
    public async Task Value_ThatStood_IsReplacedByItsCounterpart_AndStandsAgainAfterwards()
    {
        await using var portal = await OptInAsync();
        var (group, owner, token, projects) = Choose(portal);
        Write(portal, projects[0], owner, Led);
        portal.Simulator.Production.Do(world => world.Apply(new CreateVariable(new VariableOwner(VariableLevel.Group, (int)group.Id.Number), new World.CiVariable("RUNNER_TAG", "linux,docker"))));
        await ScanAllAsync(portal, group);

        Refused(await portal.Get<MoveGroup>().RunAsync(group, "RUNNER_TAG", null, token, Actor.Portal, default)).Reasons.ShouldContain(one => one.Contains("no counterpart", StringComparison.Ordinal));
        foreach (var tag in (string[])["linux", "docker"]) Done(await portal.Get<SetTranslation>().RunAsync(Instance, tag, "k8s-default", Actor.Portal, default));
        Done(await portal.Get<MoveGroup>().RunAsync(group, "RUNNER_TAG", null, token, Actor.Portal, default));
        GroupVariable(portal, group)!.Value.ShouldBe("k8s-default");

        // What somebody else set since is not overwritten.
        Set(portal, group, "mine");
        Refused(await portal.Get<ReturnGroup>().RunAsync(group, "RUNNER_TAG", null, token, Actor.Portal, default)).Code.ShouldBe(DeskCode.ChangedMeanwhile);
        GroupVariable(portal, group)!.Value.ShouldBe("mine");
        Set(portal, group, "k8s-default");
        Done(await portal.Get<ReturnGroup>().RunAsync(group, "RUNNER_TAG", null, token, Actor.Portal, default));
        GroupVariable(portal, group)!.Value.ShouldBe("linux,docker");
    }

    [Fact]
    public async Task CarriedProject_GoesBackAloneByAVariableOfItsOwn_AndFollowsItsGroupAgainWithoutIt()
    {
        await using var portal = await OptInAsync();
        var (group, owner, token, projects) = Choose(portal);
        Write(portal, projects[0], owner, Led);
        await ScanAllAsync(portal, group);
        Done(await portal.Get<MoveGroup>().RunAsync(group, "RUNNER_TAG", null, token, Actor.Portal, default));
        var (project, back, enrollments) = (projects[0], portal.Get<ReturnProject>(), portal.Get<IEnrollmentStore>());

        var refused = Refused(await back.RunAsync(project, null, token, Actor.Portal, default));
        refused.Code.ShouldBe("moved-by-group");
        refused.Reasons[0].ShouldContain(group.FullPath);
        Done(await portal.Get<MoveProject>().RunAsync(new MoveWish(project, EnrollmentTarget.Docker, EnrollmentWay.Variable, null, "alone"), token, Actor.Portal, default));
        await RunAsync(portal, project, owner);
        Ran(portal, project, "build").ShouldNotBe(World.Executor.Kubernetes);

        Done(await back.RunAsync(project, null, token, Actor.Portal, default)).ShouldSatisfyAllConditions(one => one.State.ShouldBe(EnrollmentState.Moved), one => one.Target.ShouldBe(EnrollmentTarget.Kubernetes), one => one.Original.ShouldBeNull());
        await RunAsync(portal, project, owner);
        await portal.RunAsync<MoveSweep>();
        Ran(portal, project, "build").ShouldBe(World.Executor.Kubernetes);
        (await enrollments.ActiveAsync(project, default))!.State.ShouldBe(EnrollmentState.Verified);
    }

    [Fact]
    public async Task Click_ThatWasCutOff_GoesOnWhenClickedAgain()
    {
        await using var portal = await OptInAsync();
        var (group, owner, token, projects) = Choose(portal);
        Write(portal, projects[0], owner, Led);
        await ScanAllAsync(portal, group);
        // As after a crash between writing down what stood and asking GitLab.
        var begun = await portal.Get<GroupMoveSteps>().BeginAsync(new GroupMove(0, group.Id, group.FullPath, "RUNNER_TAG", SharedMoveState.Moving, new GroupStood(null, true, "k8s-default"), [projects[0].Number], null, Actor.Portal, default, 0), default);
        (await portal.Get<GroupMoveSteps>().BeginAsync(begun! with { Id = 0 }, default)).ShouldBeNull();

        var moved = Done(await portal.Get<MoveGroup>().RunAsync(group, "RUNNER_TAG", null, token, Actor.Portal, default));
        (moved.Id, moved.State, GroupVariable(portal, group)!.Value).ShouldBe((begun!.Id, SharedMoveState.Moved, "k8s-default"));
        (await portal.Get<IEnrollmentStore>().ActiveAsync(projects[0], default))!.State.ShouldBe(EnrollmentState.Moved);

        // And as after one between giving the value back and saying so.
        await portal.Get<GroupMoveSteps>().GoAsync(moved, SharedMoveState.Returning, Actor.Portal, null, "group.return", default);
        portal.Simulator.Production.Do(world => world.Apply(new DeleteVariable(new VariableOwner(VariableLevel.Group, (int)group.Id.Number), "RUNNER_TAG")));
        Done(await portal.Get<ReturnGroup>().RunAsync(group, null, null, token, Actor.Portal, default)).State.ShouldBe(SharedMoveState.Returned);
        (await portal.Get<IEnrollmentStore>().NewestAsync(projects[0], default))!.State.ShouldBe(EnrollmentState.Returned);
    }

    [Fact]
    public async Task Stranger_IsToldByGitLab_AndNothingIsLeftBehind()
    {
        await using var portal = await OptInAsync();
        var (group, owner, _, projects) = Choose(portal);
        Write(portal, projects[0], owner, Led);
        await ScanAllAsync(portal, group);
        var stranger = portal.Simulator.Production.Do(world => world.Directory.Users.First(one => one is { IsAdmin: false, State: UserState.Active } && world.Directory.AccessTo(one, world.Directory.FindGroup((int)group.Id.Number)!) < AccessLevel.Owner));

        Refused(await portal.Get<MoveGroup>().RunAsync(group, "RUNNER_TAG", null, new PersonToken(portal.Simulator.TokenOf(stranger)), Actor.Portal, default)).Code.ShouldBeOneOf(DeskCode.NotFound, DeskCode.Forbidden);
        GroupVariable(portal, group).ShouldBeNull();
        (await portal.Get<IGroupMoveStore>().ActiveAsync(Instance, [group.Id.Number], default)).ShouldBeEmpty();
    }

    private Task<SimulatedPortal> OptInAsync() => MoveWorld.OptInAsync(postgres, MoveWorld.AddFallbackAsync);

    /// <summary>The group with most projects, without the variables that the world gave to it, to those below and to its projects.</summary>
    private static (KnownGroup Group, User Owner, PersonToken Token, List<ProjectId> Projects) Choose(SimulatedPortal portal) => portal.Simulator.Production.Do(world =>
    {
        var group = world.Directory.Groups.Where(one => one.Parent is null).MaxBy(one => Usable(world, one).Count())!;
        var owner = world.Directory.Users.First(user => user is { IsAdmin: false, State: UserState.Active } && world.Directory.AccessTo(user, group) == AccessLevel.Owner);
        var projects = Usable(world, group).ToList();
        projects.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var one in world.Directory.Groups.Where(one => one.SelfAndAncestors().Contains(group))) world.Apply(new DeleteVariable(new VariableOwner(VariableLevel.Group, one.Id), "RUNNER_TAG"));
        foreach (var project in projects) world.Apply(new DeleteVariable(new VariableOwner(VariableLevel.Project, project.Id), "RUNNER_TAG"));
        return (new KnownGroup(new GroupId(Instance, group.Id), group.FullPath), owner, new PersonToken(portal.Simulator.TokenOf(owner)), projects.ConvertAll(one => new ProjectId(Instance, one.Id)));
    });

    private static IEnumerable<World.Project> Usable(GitLabWorld world, World.Group group) => world.Directory.Projects.Where(one =>
        one is { Archived: false, CiEnabled: true, CiConfigPath: null, SharedRunnersEnabled: true } && one.Namespace.SelfAndAncestors().Contains(group) && world.Code.FindFile(one, null, MoveWorld.File) is not null);

    private static async Task ScanAllAsync(SimulatedPortal portal, KnownGroup group)
    {
        foreach (var project in await portal.Get<IGroupLists>().ProjectsAsync(group.Id, default)) await portal.Get<ScanProjects>().RunAsync(new(project.Id, project.DefaultBranch!), default);
    }

    private static string PathOf(SimulatedPortal portal, ProjectId project) => portal.Simulator.Production.Do(world => Of(world, project).FullPath);

    private static void Set(SimulatedPortal portal, KnownGroup group, string value) =>
        portal.Simulator.Production.Do(world => world.Apply(new UpdateVariable(new VariableOwner(VariableLevel.Group, (int)group.Id.Number), "RUNNER_TAG", new World.CiVariable("RUNNER_TAG", value)))).Refusal.ShouldBeNull();

    private static World.CiVariable? GroupVariable(SimulatedPortal portal, KnownGroup group) =>
        portal.Simulator.Production.Do(world => world.Directory.FindGroup((int)group.Id.Number)!.Variables.FirstOrDefault(one => one.Key == "RUNNER_TAG"));

    private static Domain.Shared.Refusal Refused<T>(Outcome<T> outcome) => outcome.Match(done => throw new InvalidOperationException($"Not refused: {done}"), no => no);
}
