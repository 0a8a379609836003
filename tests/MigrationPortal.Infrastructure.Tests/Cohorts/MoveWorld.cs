using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>What stories of moves share: a portal in phase 1, a project of the world with its maintainer, and what its jobs ran on.</summary>
internal static class MoveWorld
{
    public const string File = ".gitlab-ci.yml";
    private static readonly InstanceId Instance = SimulatedPortal.Production;

    /// <param name="prepare">Between the roles and the phase.</param>
    public static async Task<SimulatedPortal> OptInAsync(PostgresFixture postgres, Func<SimulatedPortal, Task>? prepare = null, Action<Dictionary<string, string?>>? change = null)
    {
        var portal = await SimulatedPortal.StartAsync(postgres, change: change);
        await ReachOptInAsync(portal, prepare);
        return portal;
    }

    /// <param name="prepare">Between the roles and the phase.</param>
    public static async Task ReachOptInAsync(SimulatedPortal portal, Func<SimulatedPortal, Task>? prepare = null)
    {
        await portal.RunAsync<ProjectSweep>();
        await portal.RunAsync<FleetSweep>();
        await portal.Get<ConfirmRoles>().RunAsync(Instance, Actor.Portal, default);
        await portal.RunAsync<FleetSweep>();
        if (prepare is not null) await prepare(portal);
        var (migration, now) = (portal.Get<IMigrationStore>(), portal.Get<IWorldClock>().Now(Instance));
        var state = await migration.StateAsync(Instance, default);
        var reached = new PhaseReached(Phase.OptIn, null, null, false, now, 1, "phase 1");
        (await migration.SaveStateAsync(state with { Current = reached, History = [reached] }, default)).ShouldBeTrue();
    }

    /// <summary>As phase 0 leaves it: the tag that leads back is there before anybody needs it.</summary>
    public static async Task AddFallbackAsync(SimulatedPortal portal)
    {
        Done(await portal.Get<SetFallbackTag>().RunAsync(Instance, "docker-fallback", Actor.Portal, default));
        await TagAsync(portal, RunnerRole.Legacy, "docker-fallback");
    }

    /// <summary>Gives a tag to all runners of a role.</summary>
    public static async Task TagAsync(SimulatedPortal portal, RunnerRole role, string tag)
    {
        foreach (var runner in (await portal.Get<IFleetStore>().LatestAsync(Instance, default))!.Runners.Where(one => one.IsManaged(role)))
            portal.Simulator.Production.Do(world => world.Apply(new UpdateRunner((int)runner.Id.Number, TagList: [.. runner.Attributes.Tags, tag]))).Refusal.ShouldBeNull();
        await portal.RunAsync<FleetSweep>();
    }

    public static string Text(SimulatedPortal portal, ProjectId project) => portal.Simulator.Production.Do(world => world.Code.FindFile(Of(world, project), null, File)!.Content);

    public static (ProjectId Project, PersonToken Person, User User) Choose(SimulatedPortal portal, Func<World.Project, string, bool> fits) => portal.Simulator.Production.Do(world =>
    {
        foreach (var project in world.Directory.Projects.Where(one => one is { Archived: false, CiEnabled: true, CiConfigPath: null, SharedRunnersEnabled: true, Repository.Branches.Count: > 0 }))
        {
            if (world.Code.FindFile(project, null, File) is not { } file || !fits(project, file.Content)) continue;
            if (world.Directory.Users.FirstOrDefault(user => user is { IsAdmin: false, State: UserState.Active } && world.Directory.AccessTo(user, project) >= AccessLevel.Maintainer) is { } user)
                return (new ProjectId(Instance, project.Id), new PersonToken(portal.Simulator.TokenOf(user)), user);
        }

        throw new InvalidOperationException("The world has no such project.");
    });

    public static string Write(SimulatedPortal portal, ProjectId project, User user, string text, string file = File)
    {
        portal.Simulator.Production.Do(world => world.Apply(new CreateCommit((int)project.Number, Of(world, project).DefaultBranch, "CI", [new FileAction(FileActionKind.Update, file, text)], user.Id))).Refusal.ShouldBeNull();
        return text;
    }

    public static async Task ScanAsync(SimulatedPortal portal, ProjectId project)
    {
        var branch = portal.Simulator.Production.Do(world => Of(world, project).DefaultBranch);
        (await portal.Get<Domain.Readiness.ScanProjects>().RunAsync(new(project, branch), default)).State.ShouldBe(Domain.Readiness.ScanState.Read);
    }

    public static async Task RunAsync(SimulatedPortal portal, ProjectId project, User user)
    {
        portal.Simulator.Production.Do(world => world.Apply(new RunPipeline((int)project.Number, Of(world, project).DefaultBranch, user.Id))).Refusal.ShouldBeNull();
        for (var hour = 0; hour < 3; hour++)
        {
            await portal.Simulator.AdvanceAsync(TimeSpan.FromHours(1));
            await portal.RunAsync<JobSweep>();
        }
    }

    /// <summary>The newest job of that name that has run; one that none has run of is a fault of the story.</summary>
    public static World.Executor? Ran(SimulatedPortal portal, ProjectId project, string name) =>
        portal.Simulator.Production.Do(world => world.Jobs.OfProject(Of(world, project), null, null, 0, 50).Where(job => job.Name == name && job.RanOn is not null).MaxBy(job => job.Id)!.RanOn);

    public static void Merge(SimulatedPortal portal, ProjectId project, User user) => portal.Simulator.Production.Do(world =>
        world.Apply(new AcceptMergeRequest((int)project.Number, Of(world, project).Repository.MergeRequests.Where(one => one.State == World.MergeRequestState.Opened).Max(one => one.Iid), user.Id))).Refusal.ShouldBeNull();

    public static void Close(SimulatedPortal portal, ProjectId project) => portal.Simulator.Production.Do(world =>
        world.Apply(new UpdateMergeRequest((int)project.Number, Of(world, project).Repository.MergeRequests.Max(one => one.Iid), Open: false))).Refusal.ShouldBeNull();

    public static World.Project Of(GitLabWorld world, ProjectId project) => world.Directory.Projects.Single(one => one.Id == project.Number);

    public static T Done<T>(Outcome<T> outcome) => outcome.Match(done => done, no => throw new InvalidOperationException($"{no.Code}: {string.Join(' ', no.Reasons)}"));

    public static string Refused<T>(Outcome<T> outcome) => outcome.Match(done => throw new InvalidOperationException($"Not refused: {done}"), no => no.Code);
}
