using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;
using static MigrationPortal.Infrastructure.Tests.Cohorts.MoveWorld;
using CreateVariable = MigrationPortal.World.CreateVariable;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>Projects moved and taken back against the simulated GitLab, in their maintainers' names; what ran where is the world's own truth.</summary>
public sealed class MoveStoryTests(PostgresFixture postgres)
{
    private static readonly InstanceId Instance = SimulatedPortal.Production;

    [Fact]
    public async Task MergeRequest_MovesReadyJobsAlone_IsVerifiedByJobs_AndTakenBackToTheByte()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person, user) = Choose(portal, (_, text) => !text.Contains("tags:", StringComparison.Ordinal) && !text.Contains("include", StringComparison.Ordinal));
        var before = Write(portal, project, user, "# who builds\r\nbuild:\r\n  stage: build\r\n  script: [make]   # quick\r\nnet:\r\n  script: [ping -c1 db.example.org]\r\n");
        await ScanAsync(portal, project);

        var moved = Done(await portal.Get<MoveProject>().RunAsync(new MoveWish(project, EnrollmentTarget.Kubernetes, EnrollmentWay.MergeRequest, null, "try it"), person, new Actor(ActorKind.User, $"{Instance}/{user.Id}"), default));
        (moved.Plan.Moving, moved.Plan.Jobs.Count, moved.Enrollment.State).ShouldBe((1, 2, EnrollmentState.Moving));
        var request = moved.Progress.ShouldBeOfType<MoveProgress.Open>();
        request.Address.ShouldContain("/merge_requests/");
        Text(portal, project).ShouldBe(before);

        // The same wish again finds what is there, and opens nothing twice.
        Done(await portal.Get<MoveProject>().RunAsync(new MoveWish(project, EnrollmentTarget.Kubernetes, EnrollmentWay.MergeRequest, null, null), person, Actor.Portal, default)).Progress.ShouldBeOfType<MoveProgress.Open>().Address.ShouldBe(request.Address);
        Merge(portal, project, user);
        await portal.RunAsync<MoveSweep>();
        (await portal.Get<IEnrollmentStore>().ActiveAsync(project, default))!.State.ShouldBe(EnrollmentState.Moved);
        Text(portal, project).ShouldContain("k8s-default");
        Text(portal, project).ShouldContain("# quick");

        await RunAsync(portal, project, user);
        await portal.RunAsync<MoveSweep>();
        (await portal.Get<IEnrollmentStore>().ActiveAsync(project, default))!.State.ShouldBe(EnrollmentState.Verified);
        Ran(portal, project, "build").ShouldBe(World.Executor.Kubernetes);
        Ran(portal, project, "net").ShouldNotBe(World.Executor.Kubernetes);

        Done(await portal.Get<ReturnProject>().RunAsync(project, "not now", person, Actor.Portal, default)).State.ShouldBe(EnrollmentState.Returning);
        Merge(portal, project, user);
        await portal.RunAsync<MoveSweep>();
        Text(portal, project).ShouldBe(before);
        (await portal.Get<IEnrollmentStore>().NewestAsync(project, default))!.State.ShouldBe(EnrollmentState.Returned);
    }

    [Fact]
    public async Task MergeRequest_ClosedByPeople_IsRefused_AndTakenBackWhileOpen_ChangesNothing()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person, user) = Choose(portal, (_, text) => !text.Contains("include", StringComparison.Ordinal));
        var before = Write(portal, project, user, "build: {script: [make]}\nlint:\n  script: [make lint]\n");
        await ScanAsync(portal, project);
        var wish = new MoveWish(project, EnrollmentTarget.Kubernetes, EnrollmentWay.MergeRequest, null, null);

        Done(await portal.Get<MoveProject>().RunAsync(wish, person, Actor.Portal, default));
        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).State.ShouldBe(EnrollmentState.Returned);
        portal.Simulator.Production.Do(world => Of(world, project).Repository.MergeRequests.Count(one => one.State == World.MergeRequestState.Opened)).ShouldBe(0);
        Text(portal, project).ShouldBe(before);

        Done(await portal.Get<MoveProject>().RunAsync(wish, person, Actor.Portal, default));
        Close(portal, project);
        await portal.RunAsync<MoveSweep>();
        (await portal.Get<IEnrollmentStore>().NewestAsync(project, default))!.State.ShouldBe(EnrollmentState.Refused);
    }

    [Fact]
    public async Task Variable_LeadsItsJobs_AndTheWayBackLeavesNothing()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person, user) = Choose(portal, (_, text) => !text.Contains("include", StringComparison.Ordinal));
        Write(portal, project, user, "default:\n  tags: [$RUNNER_TAG]\nbuild:\n  script: [make]\n");
        await ScanAsync(portal, project);
        var wish = new MoveWish(project, EnrollmentTarget.Kubernetes, EnrollmentWay.Variable, null, null);

        Done(await portal.Get<MoveProject>().RunAsync(wish, person, Actor.Portal, default)).Enrollment.State.ShouldBe(EnrollmentState.Moved);
        Variable(portal, project)!.Value.ShouldBe("k8s-default");
        await RunAsync(portal, project, user);
        Ran(portal, project, "build").ShouldBe(World.Executor.Kubernetes);
        await portal.RunAsync<MoveSweep>();
        (await portal.Get<IEnrollmentStore>().ActiveAsync(project, default))!.State.ShouldBe(EnrollmentState.Verified);

        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).State.ShouldBe(EnrollmentState.Returned);
        // The world sets an empty default for all: without the project's own the jobs are untagged, as before.
        Variable(portal, project).ShouldBeNull();
    }

    /// <summary>What it is now is translated, as a tag in the file would be; the way back gives exactly that again, and never overwrites what others wrote since.</summary>
    [Fact]
    public async Task Variable_ThatWasSet_IsTranslated_AndGetsItsOldValueBack()
    {
        await using var portal = await OptInAsync(postgres, one => TagAsync(one, RunnerRole.Kubernetes, "k8s-large"));
        var (project, person) = await LedAsync(portal, "large");
        Done(await portal.Get<SetTranslation>().RunAsync(Instance, "large", "k8s-large", Actor.Portal, default));

        Done(await MoveAsync(portal, project, person));
        Variable(portal, project)!.Value.ShouldBe("k8s-large");

        Set(portal, project, "mine");
        Refused(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).ShouldBe(DeskCode.ChangedMeanwhile);
        Variable(portal, project)!.Value.ShouldBe("mine");
        (await portal.Get<IEnrollmentStore>().ActiveAsync(project, default))!.State.ShouldBe(EnrollmentState.Moved);
        Set(portal, project, "k8s-large");
        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default));
        Variable(portal, project)!.Value.ShouldBe("large");
    }

    [Theory]
    [InlineData("gpu-of-nobody", "no counterpart")]
    [InlineData("k8s-default", "there already")]
    public async Task Variable_WhoseValueCannotMove_IsLeftAsItIs(string value, string why)
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person) = await LedAsync(portal, value);

        var no = (await MoveAsync(portal, project, person)).Match(_ => throw new InvalidOperationException("moved"), no => no);

        no.Code.ShouldBe("way-not-offered");
        no.Reasons.ShouldHaveSingleItem().ShouldContain(why);
        Variable(portal, project)!.Value.ShouldBe(value);
        (await portal.Get<IEnrollmentStore>().NewestAsync(project, default)).ShouldBeNull();
    }

    /// <summary>A job that rules leave out shows nothing, and a guess could leave it without a runner.</summary>
    [Fact]
    public async Task Variable_WhoseValueNobodySees_IsLeftAsItIs()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person, user) = Choose(portal, (_, text) => !text.Contains("include", StringComparison.Ordinal));
        Write(portal, project, user, "build:\n  tags: [$RUNNER_TAG]\n  script: [make]\n  rules: [{if: $CI_COMMIT_TAG}]\nlint: {script: [make]}\n");
        await ScanAsync(portal, project);

        (await MoveAsync(portal, project, person)).Match(_ => "moved", no => $"{no.Code}: {no.Reasons[0]}").ShouldStartWith("way-not-offered: What RUNNER_TAG gives now could not be seen");
        Variable(portal, project).ShouldBeNull();
    }

    [Fact]
    public async Task Variable_MovedThenPinned_AndMovedAgain_TranslatesWhatStoodAtFirst()
    {
        await using var portal = await OptInAsync(postgres, async one =>
        {
            await AddFallbackAsync(one);
            await TagAsync(one, RunnerRole.Kubernetes, "k8s-large");
        });
        var (project, person) = await LedAsync(portal, "large");
        Done(await portal.Get<SetTranslation>().RunAsync(Instance, "large", "k8s-large", Actor.Portal, default));
        Done(await MoveAsync(portal, project, person));
        Done(await MoveAsync(portal, project, person, EnrollmentTarget.Docker));
        Variable(portal, project)!.Value.ShouldBe("docker-fallback");

        Done(await MoveAsync(portal, project, person));
        Variable(portal, project)!.Value.ShouldBe("k8s-large");
        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default));
        Variable(portal, project)!.Value.ShouldBe("large");
    }

    [Fact]
    public async Task Wishes_ThatCannotBe_AreRefusedWithTheReason_AndChangeNothing()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person, user) = Choose(portal, (_, text) => !text.Contains("include", StringComparison.Ordinal));
        var before = Write(portal, project, user, "build:\n  tags: [gpu]\n  script: [make]\n");
        var move = portal.Get<MoveProject>();
        Task<Outcome<Moved>> TryAsync(EnrollmentWay way, EnrollmentTarget target = EnrollmentTarget.Kubernetes, DateTimeOffset? until = null) => move.RunAsync(new MoveWish(project, target, way, until, null), person, Actor.Portal, default);

        Refused(await TryAsync(EnrollmentWay.MergeRequest)).ShouldBe("not-scanned");
        await ScanAsync(portal, project);
        Refused(await TryAsync(EnrollmentWay.MergeRequest)).ShouldBe("way-not-offered");
        Refused(await TryAsync(EnrollmentWay.Variable)).ShouldBe("way-not-offered");
        Refused(await TryAsync(EnrollmentWay.ProjectRunner)).ShouldBe("way-not-offered");
        Refused(await TryAsync(EnrollmentWay.MergeRequest, EnrollmentTarget.Docker, DateTimeOffset.UnixEpoch)).ShouldBe("invalid-until");
        Refused(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).ShouldBe("not-moved");
        Text(portal, project).ShouldBe(before);
        (await portal.Get<IEnrollmentStore>().NewestAsync(project, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Stranger_IsToldByGitLab_AndNothingIsLeftBehind()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, _, user) = Choose(portal, (one, text) => one.Visibility == Visibility.Private && !text.Contains("include", StringComparison.Ordinal));
        Write(portal, project, user, "build:\n  tags: [$RUNNER_TAG]\n  script: [make]\n");
        await ScanAsync(portal, project);
        var stranger = portal.Simulator.Production.Do(world => world.Directory.Users.First(one => one is { IsAdmin: false, State: UserState.Active } && world.Directory.AccessTo(one, Of(world, project)) == AccessLevel.None));

        Refused(await portal.Get<MoveProject>().RunAsync(new MoveWish(project, EnrollmentTarget.Kubernetes, EnrollmentWay.Variable, null, null), new PersonToken(portal.Simulator.TokenOf(stranger)), Actor.Portal, default)).ShouldBe(DeskCode.NotFound);
        (await portal.Get<IEnrollmentStore>().NewestAsync(project, default)).ShouldBeNull();
        Variable(portal, project).ShouldBeNull();
    }

    /// <summary>A project whose only job a variable of its own leads.</summary>
    private static async Task<(ProjectId Project, PersonToken Person)> LedAsync(SimulatedPortal portal, string value)
    {
        var (project, person, user) = Choose(portal, (_, text) => !text.Contains("include", StringComparison.Ordinal));
        Write(portal, project, user, "build:\n  tags: [$RUNNER_TAG]\n  script: [make]\n");
        portal.Simulator.Production.Do(world => world.Apply(new CreateVariable(OwnerOf(project), new World.CiVariable("RUNNER_TAG", value)))).Refusal.ShouldBeNull();
        await ScanAsync(portal, project);
        return (project, person);
    }

    private static Task<Outcome<Moved>> MoveAsync(SimulatedPortal portal, ProjectId project, PersonToken person, EnrollmentTarget target = EnrollmentTarget.Kubernetes) =>
        portal.Get<MoveProject>().RunAsync(new MoveWish(project, target, EnrollmentWay.Variable, null, null), person, Actor.Portal, default);

    private static void Set(SimulatedPortal portal, ProjectId project, string value) =>
        portal.Simulator.Production.Do(world => world.Apply(new UpdateVariable(OwnerOf(project), "RUNNER_TAG", new World.CiVariable("RUNNER_TAG", value)))).Refusal.ShouldBeNull();

    private static VariableOwner OwnerOf(ProjectId project) => new(VariableLevel.Project, (int)project.Number);

    private static World.CiVariable? Variable(SimulatedPortal portal, ProjectId project) => portal.Simulator.Production.Do(world => Of(world, project).Variables.FirstOrDefault(one => one.Key == "RUNNER_TAG"));
}
