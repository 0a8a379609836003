using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.World;

namespace MigrationPortal.Bench.Gates;

/// <summary>A simulated GitLab's runners, read and written in this process: what the simulator answers over HTTP, without it.</summary>
internal sealed class WorldGitLab(InstanceId instance, GitLabWorld world) : IRunnerGateway, IFleetReader
{
    public int Concurrency(InstanceId instance) => 1;

    public Task<IReadOnlyList<GitLabAnswer>> ReadAsync(IReadOnlyList<RunnerId> runners, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<GitLabAnswer>>([.. runners.Select(Shown)]);

    public Task<GitLabAnswer> WriteAsync(RunnerId runner, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel)
    {
        var result = world.Apply(new UpdateRunner(
            (int)runner.Number, Paused: attributes.Paused, TagList: [.. attributes.Tags], RunUntagged: attributes.RunUntagged,
            RefProtected: attributes.AccessLevel == RunnerAccessLevel.RefProtected, MaintenanceNote: maintenanceNote));
        return Task.FromResult(result.Ok ? Shown(runner) : new GitLabAnswer.Refused(400, result.Refusal!.Message));
    }

    public Task<GitLabAnswer> DeleteAsync(RunnerId runner, CancellationToken cancel)
    {
        world.Apply(new DeleteRunner((int)runner.Number));
        return Task.FromResult<GitLabAnswer>(new GitLabAnswer.Gone());
    }

    public Task<long> RunningJobsAsync(RunnerId runner, CancellationToken cancel) =>
        Task.FromResult((long)(world.Fleet.Find((int)runner.Number)?.RunningJobs ?? 0));

    public Task<(DateTimeOffset TakenAt, IReadOnlyList<ObservedRunner> Runners)> ReadAsync(InstanceId instance, RequestLane lane, CancellationToken cancel) =>
        Task.FromResult<(DateTimeOffset, IReadOnlyList<ObservedRunner>)>((world.Now, Runners()));

    public IReadOnlyList<ObservedRunner> Runners() => [.. world.Fleet.Runners.Select(Observed)];

    private GitLabAnswer Shown(RunnerId runner) => world.Fleet.Find((int)runner.Number) is { } found
        ? new GitLabAnswer.Runner(Attributes(found), found.MaintenanceNote)
        : new GitLabAnswer.Gone();

    private ObservedRunner Observed(World.Runner runner) => new(
        new RunnerId(instance, runner.Id), runner.Description ?? "", Enum.Parse<Domain.Fleet.RunnerType>(runner.Type.ToString()), Attributes(runner), runner.Locked,
        Status(runner.Status(world.Now)), runner.ContactedAt(world.Now), runner.CreatedAt, runner.MaintenanceNote, [.. runner.Managers.Select(Manager)],
        runner.Projects.Select(project => (long)project.Id).ToHashSet(), runner.Group is { } group ? new HashSet<long> { group.Id } : []);

    private Domain.Fleet.RunnerManager Manager(World.RunnerManager manager) => new(
        manager.SystemId, new Domain.Fleet.Executor(manager.Executor.Wire()), manager.Version, Status(manager.Status(world.Now)), manager.ContactedAt(world.Now));

    private static RunnerStatus Status(ContactStatus status) => Enum.Parse<RunnerStatus>(status.ToString());

    private static RunnerAttributes Attributes(World.Runner runner) => new(
        Domain.Shared.TagSet.Of(runner.TagList), runner.RunUntagged, runner.Paused, runner.RefProtected ? RunnerAccessLevel.RefProtected : RunnerAccessLevel.NotProtected);
}
