using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;
using static MigrationPortal.Infrastructure.Tests.Cohorts.MoveWorld;
using RunnerType = MigrationPortal.World.RunnerType;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>Projects moved as a whole by the runner pair, and taken back to the runners that they used before; what ran where is the world's own truth.</summary>
public sealed class RunnerPairStoryTests(PostgresFixture postgres)
{
    private const string Build = "build:\n  script: [make]\n";

    [Fact]
    public async Task Project_MovesByTheKubernetesRunner_IsVerifiedByIt_AndTakenBackToWhatItHad()
    {
        await using var portal = await OptInAsync(postgres);
        var pair = await PairAsync(portal);
        var (project, person, user) = await ProjectAsync(portal, Build);
        var before = Stands(portal, project);

        var moved = Done(await MoveAsync(portal, project, person));

        (moved.Enrollment.State, Stands(portal, project)).ShouldBe((EnrollmentState.Moved, before with { Instance = false, Runners = $"{before.Runners} {pair.Kubernetes}".Trim() }));
        await RunAsync(portal, project, user);
        (Ran(portal, project, "build"), Newest(portal, project).Runner!.Id).ShouldBe((World.Executor.Kubernetes, (int)pair.Kubernetes));
        await portal.RunAsync<MoveSweep>();
        (await portal.Get<IEnrollmentStore>().ActiveAsync(project, default))!.State.ShouldBe(EnrollmentState.Verified);

        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).State.ShouldBe(EnrollmentState.Returned);
        Stands(portal, project).ShouldBe(before);
        await RunAsync(portal, project, user);
        Ran(portal, project, "build").ShouldNotBe(World.Executor.Kubernetes);
    }

    /// <summary>Killed after the runner came and before instance runners were switched off: nothing was broken, and both ways lead on.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Killed_BetweenAssigningAndSwitching_GoesOn_OrBack(bool on)
    {
        await using var portal = await OptInAsync(postgres);
        var pair = await PairAsync(portal);
        var (project, person, user) = await ProjectAsync(portal, Build);
        var before = Stands(portal, project);
        portal.Wire.Instead = path => path == $"/api/v4/projects/{project.Number}" && Stands(portal, project).Runners != before.Runners ? FaultyWire.Answer(500, "{}") : null;

        await Should.ThrowAsync<GitLabUnavailableException>(() => MoveAsync(portal, project, person));
        Stands(portal, project).ShouldBe(before with { Runners = $"{before.Runners} {pair.Kubernetes}".Trim() });
        (await portal.Get<IEnrollmentStore>().ActiveAsync(project, default))!.State.ShouldBe(EnrollmentState.Moving);
        portal.Wire.Instead = null;

        if (on)
        {
            Done(await MoveAsync(portal, project, person)).Enrollment.State.ShouldBe(EnrollmentState.Moved);
            Stands(portal, project).Instance.ShouldBeFalse();
            await RunAsync(portal, project, user);
            Ran(portal, project, "build").ShouldBe(World.Executor.Kubernetes);
        }

        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).State.ShouldBe(EnrollmentState.Returned);
        Stands(portal, project).ShouldBe(before);
    }

    [Fact]
    public async Task RecentJob_ThatThePairWouldNotServe_KeepsTheProjectWhereItIs()
    {
        await using var portal = await OptInAsync(postgres);
        await PairAsync(portal);
        var (project, person, user) = await ProjectAsync(portal, "nightly:\n  tags: [gpu, odd]\n  script: [make]\n");
        portal.Simulator.Production.Do(world => world.Apply(new RunPipeline((int)project.Number, Of(world, project).DefaultBranch, user.Id))).Refusal.ShouldBeNull();
        await portal.RunAsync<JobSweep>();
        Write(portal, project, user, Build);
        await ScanAsync(portal, project);
        var before = Stands(portal, project);

        var no = (await MoveAsync(portal, project, person)).Match(_ => throw new InvalidOperationException("moved"), no => no);

        (no.Code, no.Reasons.Single()).ShouldBe(("way-not-offered", "A job that ran lately would find no runner: none that is kept ready takes jobs with the tags gpu, odd."));
        Stands(portal, project).ShouldBe(before);
    }

    /// <summary>The file changed since it was looked at: the person's click sees it as it is.</summary>
    [Fact]
    public async Task FileChangedSince_IsJudgedAsItIsNow()
    {
        await using var portal = await OptInAsync(postgres);
        await PairAsync(portal);
        var (project, person, user) = await ProjectAsync(portal, Build);
        Write(portal, project, user, Build + "train:\n  tags: [gpu, odd]\n  script: [make]\n");
        var before = Stands(portal, project);

        (await MoveAsync(portal, project, person)).Match(_ => "moved", no => no.Reasons[0]).ShouldStartWith("train would find no runner");
        Stands(portal, project).ShouldBe(before);
    }

    [Fact]
    public async Task Group_ThatForbidsInstanceRunnersMeanwhile_KeepsTheProjectWhole_UntilItAllowsThem()
    {
        await using var portal = await OptInAsync(postgres);
        await PairAsync(portal);
        var (project, person, _) = await ProjectAsync(portal, Build);
        var before = Stands(portal, project);
        Done(await MoveAsync(portal, project, person));
        var moved = Stands(portal, project);
        Allow(portal, project, SharedRunnersSetting.DisabledAndUnoverridable);

        Refused(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).ShouldBe(DeskCode.Invalid);
        Stands(portal, project).ShouldBe(moved);
        (await portal.Get<IEnrollmentStore>().ActiveAsync(project, default))!.State.ShouldBe(EnrollmentState.Moved);

        Allow(portal, project, SharedRunnersSetting.Enabled);
        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).State.ShouldBe(EnrollmentState.Returned);
        Stands(portal, project).ShouldBe(before);
    }

    /// <summary>What was off before stays off, and a runner that was there before stays there.</summary>
    [Fact]
    public async Task WayBack_GivesBackExactlyWhatWasThere()
    {
        await using var portal = await OptInAsync(postgres);
        var pair = await PairAsync(portal);
        var (project, person, _) = await ProjectAsync(portal, Build);
        portal.Simulator.Production.Do(world => world.Apply(new UpdateProject((int)project.Number, SharedRunnersEnabled: false, GroupRunnersEnabled: false))).Refusal.ShouldBeNull();
        portal.Simulator.Production.Do(world => world.Apply(new AssignRunner((int)project.Number, (int)pair.Kubernetes))).Refusal.ShouldBeNull();
        await portal.RunAsync<FleetSweep>();
        var before = Stands(portal, project);

        Done(await MoveAsync(portal, project, person)).Enrollment.State.ShouldBe(EnrollmentState.Moved);
        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default));

        Stands(portal, project).ShouldBe(before);
    }

    [Fact]
    public async Task Pin_AfterTheMove_ExchangesTheRunners_AndTheWayBackIsStillTheFirstState()
    {
        await using var portal = await OptInAsync(postgres);
        var pair = await PairAsync(portal);
        var (project, person, user) = await ProjectAsync(portal, Build);
        var before = Stands(portal, project);
        Done(await MoveAsync(portal, project, person));

        Done(await MoveAsync(portal, project, person, EnrollmentTarget.Docker)).Enrollment.State.ShouldBe(EnrollmentState.Moved);

        Stands(portal, project).ShouldBe(before with { Instance = false, Runners = $"{before.Runners} {pair.Docker}".Trim() });
        await RunAsync(portal, project, user);
        (Ran(portal, project, "build"), Newest(portal, project).Runner!.Id).ShouldBe((World.Executor.Docker, (int)pair.Docker));
        await portal.RunAsync<MoveSweep>();
        (await portal.Get<IEnrollmentStore>().ActiveAsync(project, default))!.IsPin.ShouldBeTrue();
        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default)).State.ShouldBe(EnrollmentState.Returned);
        Stands(portal, project).ShouldBe(before);
    }

    /// <summary>A job that would fail on Kubernetes asks for docker: it stays there, and the others move.</summary>
    [Fact]
    public async Task JobThatWouldFail_StaysOnTheDockerRunner()
    {
        await using var portal = await OptInAsync(postgres);
        var pair = await PairAsync(portal, kubernetes: ["k8s-default", "linux"], docker: ["docker"], dockerUntagged: false);
        var (project, person, user) = await ProjectAsync(portal, Build + "net:\n  tags: [docker]\n  script: [ping -c1 db.example.org]\n");
        var before = Stands(portal, project);

        var moved = Done(await MoveAsync(portal, project, person));

        Stands(portal, project).ShouldBe(before with { Instance = false, Runners = $"{before.Runners} {pair.Kubernetes} {pair.Docker}".Trim() });
        PairMove.Of(moved.Plan).Staying.ShouldBe(["net"]);
        await RunAsync(portal, project, user);
        (Ran(portal, project, "build"), Ran(portal, project, "net")).ShouldBe((World.Executor.Kubernetes, World.Executor.Docker));
        Done(await portal.Get<ReturnProject>().RunAsync(project, null, person, Actor.Portal, default));
        Stands(portal, project).ShouldBe(before);
    }

    [Fact]
    public async Task LockedMeanwhile_IsRefused_AndNothingIsLeftBehind()
    {
        await using var portal = await OptInAsync(postgres);
        var pair = await PairAsync(portal);
        var (project, person, _) = await ProjectAsync(portal, Build);
        var before = Stands(portal, project);
        portal.Simulator.Production.Do(world => world.Apply(new UpdateRunner((int)pair.Kubernetes, Locked: true))).Refusal.ShouldBeNull();

        Refused(await MoveAsync(portal, project, person)).ShouldBe(DeskCode.Forbidden);

        Stands(portal, project).ShouldBe(before);
        (await portal.Get<IEnrollmentStore>().NewestAsync(project, default))!.ShouldSatisfyAllConditions(one => one.State.ShouldBe(EnrollmentState.Withdrawn), one => one.Original.ShouldBeNull());
    }

    /// <summary>Whoever does not maintain the project is lent nothing by the portal's own token.</summary>
    [Theory]
    [InlineData(AccessLevel.None)]
    [InlineData(AccessLevel.Developer)]
    public async Task Stranger_IsLentNothing(AccessLevel level)
    {
        await using var portal = await OptInAsync(postgres);
        await PairAsync(portal);
        var others = portal.Simulator.Production.Do(world => world.Directory.Projects.ToDictionary(
            one => one.Id, one => world.Directory.Users.FirstOrDefault(user => user is { IsAdmin: false, State: UserState.Active } && world.Directory.AccessTo(user, one) == level)));
        var (project, _, _) = await ProjectAsync(portal, Build, one => others[one.Id] is not null);
        var other = others[(int)project.Number]!;
        var before = Stands(portal, project);

        Refused(await MoveAsync(portal, project, new PersonToken(portal.Simulator.TokenOf(other)))).ShouldBeOneOf(DeskCode.NotFound, DeskCode.Forbidden);

        Stands(portal, project).ShouldBe(before);
    }

    [Fact]
    public async Task Pair_ThatCanNeverBeOne_IsRefusedForEachHalf()
    {
        await using var portal = await OptInAsync(postgres);
        var pair = await PairAsync(portal);
        var shared = portal.Simulator.Production.Do(world => world.Fleet.Runners.First(one => one.Type == RunnerType.Instance).Id);

        var no = (await portal.Get<SetRunnerPair>().RunAsync(SimulatedPortal.Production, new RunnerPair(pair.Docker, shared), Actor.Portal, default)).Match(_ => throw new InvalidOperationException("set"), no => no);

        (no.Code, no.Reasons.Count).ShouldBe(("invalid-pair", 2));
        no.Reasons[0].ShouldStartWith("kubernetes: runner ");
        no.Reasons[1].ShouldStartWith("docker: runner ");
        (await portal.Get<IMigrationStore>().SettingsAsync(SimulatedPortal.Production, default)).Pair.ShouldBe(pair);
    }

    /// <summary>Two runners of an administrators' project, named once.</summary>
    private static async Task<RunnerPair> PairAsync(SimulatedPortal portal, string[]? kubernetes = null, string[]? docker = null, bool dockerUntagged = true)
    {
        string[] all = ["k8s-default", "linux", "docker", "large", "shared"];
        var (one, other) = portal.Simulator.Production.Do(world =>
        {
            var owner = world.Directory.Projects[^1].Id;
            int Make(string name, World.Executor executor, string? cluster, string[] tags, bool untagged)
            {
                var runner = world.Apply(new CreateRunner(RunnerType.Project, ProjectId: owner, Description: name, TagList: tags, RunUntagged: untagged)).Get<Runner>();
                world.Apply(new ConnectManager(runner.Id, executor, 20, Cluster: cluster)).Refusal.ShouldBeNull();
                return runner.Id;
            }

            return (Make("pair-kubernetes", World.Executor.Kubernetes, "k8s-a", kubernetes ?? all, true), Make("pair-docker", World.Executor.Docker, null, docker ?? all, dockerUntagged));
        });
        await portal.Simulator.AdvanceAsync(TimeSpan.FromMinutes(1));
        var pair = new RunnerPair(one, other);
        var now = Done(await portal.Get<SetRunnerPair>().RunAsync(SimulatedPortal.Production, pair, Actor.Portal, default))!;
        (now.Kubernetes.Faults.Count, now.Docker.Faults.Count).ShouldBe((0, 0));
        return pair;
    }

    private static async Task<(ProjectId Project, PersonToken Person, User User)> ProjectAsync(SimulatedPortal portal, string file, Func<World.Project, bool>? fits = null)
    {
        var (project, person, user) = Choose(portal, (one, text) => fits?.Invoke(one) != false && !text.Contains("include", StringComparison.Ordinal));
        Write(portal, project, user, file);
        await ScanAsync(portal, project);
        return (project, person, user);
    }

    private static Task<Outcome<Moved>> MoveAsync(SimulatedPortal portal, ProjectId project, PersonToken person, EnrollmentTarget target = EnrollmentTarget.Kubernetes) =>
        portal.Get<MoveProject>().RunAsync(new MoveWish(project, target, EnrollmentWay.ProjectRunner, null, null), person, Actor.Portal, default);

    private static void Allow(SimulatedPortal portal, ProjectId project, SharedRunnersSetting setting) =>
        portal.Simulator.Production.Do(world => world.Apply(new UpdateGroup(Of(world, project).Namespace.Id, setting))).Refusal.ShouldBeNull();

    private static Standing Stands(SimulatedPortal portal, ProjectId project) => portal.Simulator.Production.Do(world => new Standing(
        Of(world, project).SharedRunnersEnabled, Of(world, project).GroupRunnersEnabled,
        string.Join(' ', world.Fleet.Runners.Where(one => one.Type == RunnerType.Project && one.Projects.Any(project_ => project_.Id == project.Number)).Select(one => one.Id))));

    private static Job Newest(SimulatedPortal portal, ProjectId project) => portal.Simulator.Production.Do(world => world.Jobs.OfProject(Of(world, project), null, null, 0, 20).MaxBy(job => job.Id)!);

    private sealed record Standing(bool Instance, bool Group, string Runners);
}
