using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>Docker runners of groups and projects: what they still do, and what their owners say becomes of them.</summary>
public sealed class OwnedRunners(UnmanagedFleet unmanaged, IRunnerUse use, IOwnerAnswers answers)
{
    /// <param name="month">What jobs a day are counted over in the long run; the last week of it counts apart.</param>
    /// <returns>Those that end with GitLab 20.0 first, then by jobs a day; null before the first snapshot.</returns>
    public async Task<IReadOnlyList<OwnedRunner>?> RunAsync(InstanceId instance, TimeWindow month, TimeWindow week, CancellationToken cancel)
    {
        if (await unmanaged.RunAsync(instance, month, cancel) is not { } all) return null;
        var (recent, said) = (await use.ReadAsync(instance, week, cancel), await answers.ReadAsync(instance, cancel));
        return
        [
            .. all.Items.Where(one => one.Runner.Observed.Type != RunnerType.Instance && UsesDocker(one.Runner.Observed))
                .Select(one => new OwnedRunner(one, recent.ByRunner.GetValueOrDefault(one.Runner.Id)?.JobsPerDay ?? 0, said.GetValueOrDefault(one.Runner.Id))),
        ];
    }

    private static bool UsesDocker(ObservedRunner runner) => runner.Managers.Any(manager => manager.Executor.Family == ExecutorFamily.Docker);
}

/// <param name="Runner">Its jobs a day are those of the month.</param>
/// <param name="JobsPerDayOfWeek">Of the last week.</param>
/// <param name="Answer">Null: nobody has said anything.</param>
public sealed record OwnedRunner(UnmanagedRunner Runner, double JobsPerDayOfWeek, OwnerAnswer? Answer)
{
    public RunnerId Id => Runner.Runner.Id;

    /// <summary>Said to be done, and it has started a job since.</summary>
    public bool IsContradicted => Answer?.IsContradictedBy(Runner.Use.LastStartedAt) == true;

    /// <summary>Whose it is: a project runner belongs to the first project that it was assigned to (<see cref="RunnerOwner"/>).</summary>
    public bool IsOf(IReadOnlySet<long> groups, IReadOnlySet<long> projects)
    {
        var seen = Runner.Runner.Observed;
        return seen.Type == RunnerType.Group ? seen.GroupIds.Overlaps(groups) : seen.Type == RunnerType.Project && seen.ProjectIds.Count > 0 && projects.Contains(seen.ProjectIds.Min());
    }
}
