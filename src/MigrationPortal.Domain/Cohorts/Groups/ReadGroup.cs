using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Groups;

/// <summary>A group as its owner sees it, from what is stored: projects, runners, the variables that lead tags, and what of it was moved.</summary>
public sealed class ReadGroup(
    IGroupLists groups, IScanStore scans, IJobReader jobs, IProjectRuns runs, IEnrollmentStore enrollments, IGroupMoveStore moves, IFleetStore fleet, IWorldClock clock)
{
    private const int Days = 7;

    public async Task<GroupLook> RunAsync(KnownGroup group, CancellationToken cancel)
    {
        var instance = group.Id.Instance;
        var all = await groups.ProjectsAsync(group.Id, cancel);
        List<ProjectId> ids = [.. all.Select(one => one.Id)];
        var today = DateOnly.FromDateTime(clock.Now(instance).UtcDateTime);
        var last = await jobs.LastRunsAsync(instance, ids, cancel);
        var ran = await runs.ReadAsync(instance, ids, today.AddDays(-Days), today, cancel);
        var scanned = await scans.FindAsync(ids, cancel);
        var said = (await scans.AcknowledgedAsync(ids, cancel)).ToLookup(one => one.Project);
        var places = await enrollments.NewestAsync(instance, ids, cancel);
        var projects = new List<GroupProjectLook>(all.Count);
        foreach (var one in all)
        {
            var scan = scanned.GetValueOrDefault(one.Id);
            projects.Add(new(one.Id, one.Access.FullPath, last.GetValueOrDefault(one.Id), ran.GetValueOrDefault(one.Id), scan, scan is null ? 0 : ScanJudgement.Of(scan, said[one.Id]).Blocked.Count, places.GetValueOrDefault(one.Id)));
        }

        var below = (await groups.BelowAsync(group.Id, cancel)).Select(one => one.Id.Number).Append(group.Id.Number).ToHashSet();
        var owned = (await fleet.LatestAsync(instance, cancel))?.Runners.Where(one => one.Observed.Type == RunnerType.Group && one.Observed.GroupIds.Overlaps(below)).ToList() ?? [];
        return new GroupLook(group, projects, owned, Variables(scanned.Values), await moves.ActiveAsync(instance, [group.Id.Number], cancel));
    }

    private static List<LeadingVariable> Variables(IEnumerable<ProjectScan> scans) =>
    [
        .. scans.SelectMany(scan => scan.Jobs.SelectMany(job => TagVariable.NamesIn(job.Tags).Select(name => (name, scan.Project))))
            .GroupBy(one => one.name, StringComparer.Ordinal)
            .Select(named => new LeadingVariable(named.Key, named.Select(one => one.Project).Distinct().Count(), named.Count()))
            .OrderByDescending(one => one.Jobs).ThenBy(one => one.Name, StringComparer.Ordinal),
    ];
}

/// <param name="Runs">Of the last seven whole days; null: none finished.</param>
/// <param name="Scan">Null: its CI file was not looked at yet.</param>
/// <param name="Blocked">Jobs that will fail, nobody having said that they are all right.</param>
/// <param name="Enrollment">The newest; null: it has no place in the migration yet.</param>
public sealed record GroupProjectLook(ProjectId Project, string FullPath, LastRun? LastRun, ProjectRuns? Runs, ProjectScan? Scan, int Blocked, Enrollment? Enrollment)
{
    public bool RunsOnKubernetes => LastRun?.Executor.Family == ExecutorFamily.Kubernetes;

    public int Jobs => Scan is { State: ScanState.Read } read ? read.Jobs.Count : 0;

    public int Ready => Jobs == 0 ? 0 : Jobs - Blocked;
}

/// <summary>A variable that jobs of the group's projects take tags from. Its value is nobody's business here.</summary>
public sealed record LeadingVariable(string Name, int Projects, int Jobs);

/// <param name="Projects">Of the group and of those below it, by path.</param>
/// <param name="Runners">Group runners of the group and of those below it.</param>
/// <param name="Variables">Most jobs first.</param>
/// <param name="Moves">Active ones.</param>
public sealed record GroupLook(KnownGroup Group, IReadOnlyList<GroupProjectLook> Projects, IReadOnlyList<FleetRunner> Runners, IReadOnlyList<LeadingVariable> Variables, IReadOnlyList<GroupMove> Moves)
{
    public int OnKubernetes => Projects.Count(one => one.RunsOnKubernetes);

    public int Jobs => Projects.Sum(one => one.Jobs);

    public int Ready => Projects.Sum(one => one.Ready);
}
