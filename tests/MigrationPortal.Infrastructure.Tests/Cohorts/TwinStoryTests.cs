using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;
using static MigrationPortal.Infrastructure.Tests.Cohorts.MoveWorld;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>One job tried on both executors against the simulated GitLab, in its maintainer's name; what ran where is the world's own truth.</summary>
public sealed class TwinStoryTests(PostgresFixture postgres)
{
    private static readonly InstanceId Instance = SimulatedPortal.Production;

    [Fact]
    public async Task Job_RunsOnceOnEach_AndItsBranchIsGone()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person, user) = Mine(portal, "lint:\n  script: [make lint]\nother:\n  script: [make all]\n");
        var who = new Actor(ActorKind.User, $"{Instance}/{user.Id}");

        var begun = Done(await portal.Get<StartTwin>().RunAsync(project, "lint", person, who, default));
        (begun.State, begun.BranchState).ShouldBe((TwinState.Running, TwinBranch.There));
        // A second click finds the first.
        Done(await portal.Get<StartTwin>().RunAsync(project, "lint", person, who, default)).Id.ShouldBe(begun.Id);
        Refused(await portal.Get<StartTwin>().RunAsync(project, "other", person, who, default)).ShouldBe("twin-running");

        var ended = await EndAsync(portal, begun);
        (ended.State, ended.BranchState, ended.IsPair).ShouldBe((TwinState.Ended, TwinBranch.Gone, true));
        (ended.Docker!.Executor.Family, ended.Kubernetes!.Executor.Family).ShouldBe((ExecutorFamily.Docker, ExecutorFamily.Kubernetes));
        var jobs = JobsOf(portal, project, begun.Branch);
        jobs.Where(job => job.Attempt == 1).Select(job => (job.Name, job.RanOn == World.Executor.Kubernetes)).ShouldBe([("lint (docker)", false), ("lint (Kubernetes)", true)], ignoreOrder: true);
        // People try a failed job again: the first attempt is what is compared.
        new[] { ended.Docker.Job, ended.Kubernetes.Job }.ShouldBe(jobs.Where(job => job.Attempt == 1).Select(job => job.Id), ignoreOrder: true);
        BranchOf(portal, project, begun.Branch).ShouldBeNull();

        // Nobody counts the copies among ordinary jobs.
        await portal.RunAsync<JobSweep>();
        (await portal.ScalarAsync<long>($"SELECT count(*) FROM jobs WHERE number IN ({string.Join(", ", jobs.Select(job => job.Id))})")).ShouldBe(0);
    }

    [Fact]
    public async Task JobThatNeedsArtifacts_GetsThemOnce_AndAFailureIsExplained_AndCounted()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person, _) = Mine(portal, "stages: [build, test]\nbuild:\n  stage: build\n  script: [make]\n  artifacts: {paths: [out]}\nquick:\n  stage: build\n  script: [make quick]\nnet:\n  stage: test\n  rules:\n  - if: $CI_COMMIT_TAG\n  script: [ping -c1 db.example.org]\n");

        var plan = Done(await portal.Get<PreviewTwin>().RunAsync(project, "net", person, default));
        (plan.Jobs, string.Join(' ', plan.Others)).ShouldBe((3, "build"));
        var ended = await EndAsync(portal, await StartAsync(portal, project, "net", person));

        var jobs = JobsOf(portal, project, ended.Branch).Where(job => job.Attempt == 1).ToList();
        jobs.Select(job => job.Name).ShouldBe(["build", "net (docker)", "net (Kubernetes)"], ignoreOrder: true);
        ended.Kubernetes!.Status.ShouldBe(Domain.Jobs.JobStatus.Failed);
        var seen = (await portal.Get<ReadTwins>().FindAsync(project, ended.Id, default))!;
        seen.Kubernetes!.Verdict.Rule.ShouldBe("R05");
        var pairs = await portal.Get<ReadTwins>().PairsAsync(Instance, portal.Get<IWorldClock>().Now(Instance).AddDays(-1), default);
        (pairs.Counts.Pairs, pairs.Counts.OnlyKubernetes).ShouldBe((1, ended.Docker!.Status == Domain.Jobs.JobStatus.Success ? 1 : 0));
    }

    [Fact]
    public async Task AnswerLost_IsFoundByTheNextClick_OrByTheSweep_AndThereIsOnePipeline()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person, _) = Mine(portal, "lint:\n  script: [make lint]\n");
        foreach (var byClick in (bool[])[true, false])
        {
            portal.Wire.Lost = path => path.EndsWith("/repository/commits", StringComparison.Ordinal);
            await Should.ThrowAsync<Domain.Instances.GitLabUnavailableException>(() => portal.Get<StartTwin>().RunAsync(project, "lint", person, Actor.Portal, default));
            portal.Wire.Lost = null;
            var begun = (await portal.Get<ITwinStore>().ActiveAsync(project, default))!;
            begun.State.ShouldBe(TwinState.Preparing);
            if (byClick) (await StartAsync(portal, project, "lint", person)).Id.ShouldBe(begun.Id);

            var ended = await EndAsync(portal, begun);
            (ended.State, ended.BranchState).ShouldBe((TwinState.Ended, TwinBranch.Gone));
            PipelinesOf(portal, project, begun.Branch).ShouldBe(byClick ? 1 : 2);
        }
    }

    [Fact]
    public async Task Stopped_NothingGoesOn_AndOnlyTheBranchThatWasMadeIsDeleted()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person, user) = Mine(portal, "lint:\n  script: [make lint]\n");

        var begun = await StartAsync(portal, project, "lint", person);
        var stopped = Done(await portal.Get<StopTwin>().RunAsync(project, begun.Id, person, Actor.Portal, default));
        (stopped.State, stopped.BranchState).ShouldBe((TwinState.Stopped, TwinBranch.Gone));
        JobsOf(portal, project, begun.Branch).ShouldAllBe(job => job.Status == JobStatus.Canceled);
        BranchOf(portal, project, begun.Branch).ShouldBeNull();
        Refused(await portal.Get<StopTwin>().RunAsync(project, begun.Id + 1000, person, Actor.Portal, default)).ShouldBe("unknown-twin-run");

        // Somebody writes on the branch: it is theirs, and neither the sweep nor a click deletes it.
        var taken = await StartAsync(portal, project, "lint", person);
        portal.Simulator.Production.Do(world => world.Apply(new CreateCommit((int)project.Number, taken.Branch, "Mine", [new FileAction(FileActionKind.Update, "README.md", "mine")], user.Id))).Refusal.ShouldBeNull();
        (await EndAsync(portal, taken)).BranchState.ShouldBe(TwinBranch.TakenOver);
        Done(await portal.Get<StopTwin>().RunAsync(project, taken.Id, person, Actor.Portal, default)).BranchState.ShouldBe(TwinBranch.TakenOver);
        BranchOf(portal, project, taken.Branch).ShouldNotBeNull();

        // And it stands in the way of the next one at the same commit, which leaves it alone.
        Refused(await portal.Get<StartTwin>().RunAsync(project, "lint", person, Actor.Portal, default)).ShouldBe("branch-taken");
        (await portal.Get<ITwinStore>().ActiveAsync(project, default)).ShouldBeNull();
        BranchOf(portal, project, taken.Branch)!.HeadSha.ShouldNotBe(taken.BranchCommit);
    }

    [Fact]
    public async Task WithoutAHandOfItsOwn_TheBranchWaitsForTheNextClick()
    {
        await using var portal = await OptInAsync(postgres, change: settings => settings["Portal:GitLab:Instances:0:WriteToken"] = null);
        var (project, person, _) = Mine(portal, "lint:\n  script: [make lint]\n");

        var left = await EndAsync(portal, await StartAsync(portal, project, "lint", person));
        (left.State, left.BranchState).ShouldBe((TwinState.Ended, TwinBranch.There));
        // The next run at the same commit takes it away first.
        var next = await StartAsync(portal, project, "lint", person);
        (await portal.Get<ITwinStore>().FindAsync(project, left.Id, default))!.BranchState.ShouldBe(TwinBranch.Gone);
        var ended = await EndAsync(portal, next);
        Done(await portal.Get<StopTwin>().RunAsync(project, ended.Id, person, Actor.Portal, default)).BranchState.ShouldBe(TwinBranch.Gone);
        BranchOf(portal, project, ended.Branch).ShouldBeNull();
    }

    [Fact]
    public async Task JobThatCannotBeTried_IsRefused_AndNothingIsMade()
    {
        await using var portal = await OptInAsync(postgres);
        var (project, person, user) = Mine(portal, "ship:\n  environment: production\n  script: [make ship]\ngpu:\n  tags: [no-such-tag]\n  script: [train]\n");
        foreach (var (job, code) in new[] { ("ship", "twin-not-possible"), ("gpu", "no-runner"), ("nothing", "unknown-job") }) Refused(await portal.Get<StartTwin>().RunAsync(project, job, person, Actor.Portal, default)).ShouldBe(code);
        var (_, stranger, _) = portal.Simulator.Production.Do(world => (0, new PersonToken(portal.Simulator.TokenOf(world.Directory.Users.First(one => one is { IsAdmin: false, State: UserState.Active } && world.Directory.AccessTo(one, Of(world, project)) == AccessLevel.None))), 0));
        Refused(await portal.Get<StartTwin>().RunAsync(project, "ship", stranger, Actor.Portal, default)).ShouldBeOneOf(DeskCode.NotFound, DeskCode.Forbidden);

        Write(portal, project, user, "job: [\n");
        Refused(await portal.Get<StartTwin>().RunAsync(project, "job", person, Actor.Portal, default)).ShouldBe("twin-not-possible");
        (await portal.Get<ITwinStore>().OfAsync(project, 10, default)).ShouldBeEmpty();
        portal.Simulator.Production.Do(world => Of(world, project).Repository.Branches.Count(one => one.Name.Contains("twin", StringComparison.Ordinal))).ShouldBe(0);
    }

    private static async Task<TwinRun> StartAsync(SimulatedPortal portal, ProjectId project, string job, PersonToken person) => Done(await portal.Get<StartTwin>().RunAsync(project, job, person, Actor.Portal, default));

    private static int PipelinesOf(SimulatedPortal portal, ProjectId project, string branch) => portal.Simulator.Production.Do(world => world.Jobs.PipelinesOf(Of(world, project), one => one.Ref == branch, 0, 10).Count);

    private static (ProjectId Project, PersonToken Person, User User) Mine(SimulatedPortal portal, string file)
    {
        var mine = Choose(portal, (_, text) => !text.Contains("include", StringComparison.Ordinal));
        Write(portal, mine.Project, mine.User, file);
        return mine;
    }

    private static async Task<TwinRun> EndAsync(SimulatedPortal portal, TwinRun run)
    {
        for (var tries = 0; tries < 30; tries++)
        {
            await portal.Simulator.AdvanceAsync(TimeSpan.FromMinutes(10));
            await portal.RunAsync<TwinSweep>();
            if (await portal.Get<ITwinStore>().FindAsync(run.Project, run.Id, default) is { IsActive: false } ended) return ended;
        }

        throw new InvalidOperationException("The twin run does not end.");
    }

    private static IReadOnlyList<World.Job> JobsOf(SimulatedPortal portal, ProjectId project, string branch) => portal.Simulator.Production.Do(world =>
        (IReadOnlyList<World.Job>)[.. world.Jobs.PipelinesOf(Of(world, project), one => one.Ref == branch, 0, 10).SelectMany(one => one.Jobs)]);

    private static World.Branch? BranchOf(SimulatedPortal portal, ProjectId project, string branch) => portal.Simulator.Production.Do(world => Of(world, project).Repository.FindBranch(branch));
}
