using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Graduation;

/// <summary>Every enrolled project with whether it can graduate now.</summary>
/// <param name="Order">Null: nobody has started it.</param>
/// <param name="Moved">On Kubernetes by the portal's change; by path.</param>
/// <param name="UnderWay">Projects whose opt-in is being taken out.</param>
/// <param name="Pinned">Projects that stay on docker, whose pin ends first.</param>
public sealed record GraduationOutlook(GraduationOrder? Order, IReadOnlyList<GraduationPlan> Moved, int UnderWay, int Pinned)
{
    /// <summary>Nothing of the portal's is left in any project.</summary>
    public bool IsComplete => Moved.Count == 0 && UnderWay == 0 && Pinned == 0;
}

public sealed class ReadGraduation(
    IGraduationStore orders, IEnrollmentStore enrollments, IScanStore scans, IMoveTags tags, IFleetStore fleet, IProjectStore projects, IEnumerable<IMoveWay> ways)
{
    public async Task<GraduationOutlook> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var moved = (await enrollments.OfTargetAsync(instance, EnrollmentTarget.Kubernetes, cancel)).Where(one => one.State is EnrollmentState.Moved or EnrollmentState.Verified).ToList();
        var pinned = (await enrollments.OfTargetAsync(instance, EnrollmentTarget.Docker, cancel)).Count(one => one.State.HasChangedSomething());
        return new GraduationOutlook(await orders.FindAsync(instance, cancel), await PlansAsync(instance, moved, cancel), (await enrollments.OfTargetAsync(instance, EnrollmentTarget.Default, cancel)).Count, pinned);
    }

    /// <param name="moved">Whose change stands.</param>
    public async Task<IReadOnlyList<GraduationPlan>> PlansAsync(InstanceId instance, IReadOnlyCollection<Enrollment> moved, CancellationToken cancel)
    {
        if (moved.Count == 0) return [];
        List<ProjectId> of = [.. moved.Select(one => one.Project)];
        var (known, seen, said, found) = (await tags.ReadAsync(instance, cancel), await scans.FindAsync(of, cancel), (await scans.AcknowledgedAsync(of, cancel)).ToLookup(one => one.Project), await projects.FindAsync(of, cancel));
        var service = await fleet.LatestAsync(instance, cancel) is { } snapshot ? new ServiceIndex(snapshot) : null;
        return [.. moved.Select(one => Plan(one, known, service, seen.GetValueOrDefault(one.Project), said[one.Project], found.GetValueOrDefault(one.Project)?.Access)).OrderBy(one => one.Path, StringComparer.Ordinal)];
    }

    private GraduationPlan Plan(Enrollment one, MoveTags known, ServiceIndex? service, ProjectScan? scan, IEnumerable<Acknowledgement> said, ProjectAccess? access)
    {
        var path = access?.FullPath ?? $"project {one.Project.Number}";
        if (one.Original is null || one.Kind == EnrollmentKind.Carried) return new(one, path, ["Its group's variable leads it: the group's owner takes that out for all of its projects."], 0);
        var stood = ways.FirstOrDefault(way => way.Way == one.Way) is { } way && scan is not null ? way.WhatStood(one, scan.Jobs) : [];
        // Whose own runners go gets those of the instance again.
        var then = one.Way == EnrollmentWay.ProjectRunner && access is not null ? access with { InstanceRunnersEnabled = true } : access;
        return GraduationPlan.Of(one, path, scan, scan is null ? null : ScanJudgement.Of(scan, said), stood, known, set => ReadMove.IsServed(service, set, one.Project, then, EnrollmentTarget.Kubernetes));
    }
}
