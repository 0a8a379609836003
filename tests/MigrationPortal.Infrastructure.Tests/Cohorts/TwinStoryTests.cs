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
