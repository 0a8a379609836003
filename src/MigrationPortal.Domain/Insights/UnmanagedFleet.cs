using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>The runners that the portal never changes, with their owners and what they still do.</summary>
public sealed class UnmanagedFleet(IFleetStore fleet, IRunnerUse use, IOwnerNames names)
{
    private static readonly RunnerUse Unused = new(0, 0, null);

    /// <param name="window">What jobs a day are counted over.</param>
    /// <returns>Null before the first snapshot.</returns>
    public async Task<UnmanagedRunners?> RunAsync(InstanceId instance, TimeWindow window, CancellationToken cancel)
    {
        if (await fleet.LatestAsync(instance, cancel) is not { } snapshot) return null;
        var done = await use.ReadAsync(instance, window, cancel);
        var unmanaged = snapshot.Runners.Where(runner => !runner.Standing.Managed).ToList();
        var groups = await names.GroupsAsync(instance, [.. unmanaged.SelectMany(runner => runner.Observed.GroupIds).Distinct()], cancel);
        var projects = await names.ProjectsAsync(instance, [.. unmanaged.SelectMany(runner => runner.Observed.ProjectIds.Order().Take(1)).Distinct()], cancel);
        return new UnmanagedRunners(
            snapshot, done.Basis, done.Window, done.ByRunner.Values.Sum(one => one.Finished),
            [
                .. unmanaged.Select(runner => new UnmanagedRunner(
                        runner, RunnerOwner.Of(runner.Observed, groups, projects), done.ByRunner.GetValueOrDefault(runner.Id) ?? Unused, Why(runner.Observed)))
                    .OrderByDescending(one => one.EndsWithGitLab20).ThenByDescending(one => one.JobsPerDay).ThenBy(one => one.Runner.Id.Number),
            ]);
    }

    /// <summary>What kept the portal from proposing it as managed (product.md, Words).</summary>
    public static WhyUnmanaged Why(ObservedRunner runner)
    {
        ArgumentNullException.ThrowIfNull(runner);
        if (runner.Type != RunnerType.Instance) return runner.Type == RunnerType.Group ? WhyUnmanaged.GroupRunner : WhyUnmanaged.ProjectRunner;
        if (runner.Attributes.AccessLevel == RunnerAccessLevel.RefProtected) return WhyUnmanaged.ProtectedOnly;
        if (RoleProposal.For(runner).Role is null) return WhyUnmanaged.ExecutorNotKnown;
        return runner.Attributes.RunUntagged ? WhyUnmanaged.LeftOut : WhyUnmanaged.RefusesUntagged;
    }
}

/// <param name="Basis">The part of the window of which every job is read; empty while none is.</param>
/// <param name="Finished">Jobs in the window on all runners, managed or not.</param>
public sealed record UnmanagedRunners(FleetSnapshot Fleet, TimeWindow Basis, TimeWindow Window, long Finished, IReadOnlyList<UnmanagedRunner> Items)
{
    /// <summary>How many of those that end with GitLab 20.0 each owner has.</summary>
    public IReadOnlyDictionary<string, int> EndingByOwner =>
        Items.Where(one => one.EndsWithGitLab20).GroupBy(one => one.Owner.ToString()).ToDictionary(owner => owner.Key, owner => owner.Count());
}

/// <param name="Use">In the window.</param>
public sealed record UnmanagedRunner(FleetRunner Runner, RunnerOwner Owner, RunnerUse Use, WhyUnmanaged Why)
{
    public long Finished => Use.Finished;

    public double JobsPerDay => Use.JobsPerDay;

    public bool EndsWithGitLab20 => EndingExecutor is not null;

    /// <summary>The executor that GitLab 20.0 removes; null when none of its managers uses one.</summary>
    public string? EndingExecutor => Runner.Observed.Managers.Select(manager => manager.Executor).Where(executor => executor.EndsWithGitLab20).Select(executor => executor.Name).FirstOrDefault();
}

public enum WhyUnmanaged
{
    GroupRunner,
    ProjectRunner,
    ProtectedOnly,
    RefusesUntagged,

    /// <summary>No docker or Kubernetes manager made contact, or the managers disagree.</summary>
    ExecutorNotKnown,

    /// <summary>An admin said so.</summary>
    LeftOut,
}
