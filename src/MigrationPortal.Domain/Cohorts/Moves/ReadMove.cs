using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>What a move of a project would do, and by which ways it can be done, from what is stored.</summary>
public sealed class ReadMove(IScanStore scans, IMoveTags tags, IFleetStore fleet, IProjectStore projects, IEnumerable<IMoveWay> ways)
{
    /// <returns>Null when the project's CI file was not looked at yet, or could not be read.</returns>
    public async Task<MoveOutlook?> RunAsync(ProjectId project, EnrollmentTarget target, CancellationToken cancel) => (await ManyAsync(project.Instance, [project], target, cancel)).GetValueOrDefault(project);

    /// <returns>Without those whose CI file was not looked at yet, or could not be read.</returns>
    public async Task<IReadOnlyDictionary<ProjectId, MoveOutlook>> ManyAsync(InstanceId instance, IReadOnlyCollection<ProjectId> of, EnrollmentTarget target, CancellationToken cancel)
    {
        var (found, known) = (new Dictionary<ProjectId, MoveOutlook>(), await tags.ReadAsync(instance, cancel));
        var said = (await scans.AcknowledgedAsync(of, cancel)).ToLookup(one => one.Project);
        var service = await fleet.LatestAsync(instance, cancel) is { } snapshot ? new ServiceIndex(snapshot) : null;
        var access = await projects.FindAsync(of, cancel);
        foreach (var (project, scan) in await scans.FindAsync(of, cancel))
        {
            if (scan.State != ScanState.Read) continue;
            var blocked = ScanJudgement.Of(scan, said[project]).BlockedNames;
            var plan = MovePlan.Of(project, target, scan.Jobs.Select(job => (job.Name, job.Tags)), blocked, known, set => IsServed(service, set, project, access.GetValueOrDefault(project)?.Access, target));
            found[project] = new(plan, [.. ways.Select(way => way.Offer(plan)).OrderByDescending(offer => offer.Jobs)]);
        }

        return found;
    }

    // Protected and other refs run these jobs, so both must be served.
    internal static bool IsServed(ServiceIndex? service, TagSet set, ProjectId project, ProjectAccess? access, EnrollmentTarget target)
    {
        var role = target == EnrollmentTarget.Docker ? RunnerRole.Legacy : RunnerRole.Kubernetes;
        return service is not null && By(true) && By(false);

        bool By(bool guarded) => service.Serving(new JobNeeds(set, guarded, project), access).Any(pool => pool.ManagedAs == role);
    }
}

/// <param name="Ways">Those that move most jobs first; those that are not offered say why.</param>
public sealed record MoveOutlook(MovePlan Plan, IReadOnlyList<WayOffer> Ways);
