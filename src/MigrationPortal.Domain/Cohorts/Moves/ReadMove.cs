using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>What a move of a project would do, and by which ways it can be done, from what is stored.</summary>
public sealed class ReadMove(IScanStore scans, IMoveTags tags, IFleetStore fleet, IProjectStore projects, IRunnerPair pairs, IRecentTags recent, IEnumerable<IMoveWay> ways, IWorldClock clock)
{
    /// <returns>Null when the project's CI file was not looked at yet, or could not be read.</returns>
    public async Task<MoveOutlook?> RunAsync(ProjectId project, EnrollmentTarget target, CancellationToken cancel) => (await ManyAsync(project.Instance, [project], target, cancel)).GetValueOrDefault(project);

    /// <returns>Without those whose CI file was not looked at yet, or could not be read.</returns>
    public async Task<IReadOnlyDictionary<ProjectId, MoveOutlook>> ManyAsync(InstanceId instance, IReadOnlyCollection<ProjectId> of, EnrollmentTarget target, CancellationToken cancel)
    {
        var (found, known) = (new Dictionary<ProjectId, MoveOutlook>(), await tags.ReadAsync(instance, cancel));
        var said = (await scans.AcknowledgedAsync(of, cancel)).ToLookup(one => one.Project);
        var snapshot = await fleet.LatestAsync(instance, cancel);
        var service = snapshot is null ? null : new ServiceIndex(snapshot);
        var access = await projects.FindAsync(of, cancel);
        var grounds = await GroundsAsync(instance, of, snapshot, access, cancel);
        foreach (var (project, scan) in await scans.FindAsync(of, cancel))
        {
            if (scan.State != ScanState.Read) continue;
            var blocked = ScanJudgement.Of(scan, said[project]).BlockedNames;
            var plan = MovePlan.Of(project, target, scan.Jobs.Select(job => (job.Name, job.Tags)), blocked, known, set => IsServed(service, set, project, access.GetValueOrDefault(project)?.Access, target)) with { Ground = grounds.GetValueOrDefault(project, PairGround.None) };
            found[project] = new(plan, [.. ways.Select(way => way.Offer(plan)).OrderByDescending(offer => offer.Jobs)]);
        }

        return found;
    }

    private async Task<Dictionary<ProjectId, PairGround>> GroundsAsync(InstanceId instance, IReadOnlyCollection<ProjectId> of, FleetSnapshot? fleet, IReadOnlyDictionary<ProjectId, ObservedProject> access, CancellationToken cancel)
    {
        if (fleet is null || await pairs.ReadAsync(instance, cancel) is not { } pair) return [];
        var now = PairNow.Of(pair, fleet);
        var asked = await recent.OfAsync(instance, of, CensusWindow.Until(clock.Now(instance)), cancel);
        return of.ToDictionary(project => project, project => PairGround.Of(now, fleet, project, access.GetValueOrDefault(project)?.Access, asked.GetValueOrDefault(project, [])));
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
