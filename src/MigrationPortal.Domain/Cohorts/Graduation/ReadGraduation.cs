using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Graduation;

/// <summary>Every enrolled project with whether it can graduate now.</summary>
/// <param name="Order">Null: nobody has started it.</param>
/// <param name="Moved">On Kubernetes by the portal's change; by path.</param>
/// <param name="UnderWay">Projects whose opt-in is being taken out, who began first first.</param>
/// <param name="Pinned">Projects that stay on docker, whose pin ends first.</param>
/// <param name="Graduated">Projects in which nothing of the portal's is left.</param>
public sealed record GraduationOutlook(GraduationOrder? Order, IReadOnlyList<GraduationPlan> Moved, IReadOnlyList<Graduating> UnderWay, int Pinned, int Graduated)
{
    /// <summary>Nothing of the portal's is left in any project.</summary>
    public bool IsComplete => Moved.Count == 0 && UnderWay.Count == 0 && Pinned == 0;

    /// <summary>Those whose turn comes, in its order.</summary>
    public IReadOnlyList<GraduationPlan> Queue => [.. Moved.Where(one => one is { CanGraduate: true, SaidNo: false }).OrderBy(one => one.Enrollment.Since)];
}

/// <param name="Path">Its full path; its number while that is not known.</param>
public sealed record Graduating(Enrollment Enrollment, string Path);

public sealed class ReadGraduation(
    IGraduationStore orders, IEnrollmentStore enrollments, IScanStore scans, IMoveTags tags, IFleetStore fleet, IProjectStore projects, IEnumerable<IMoveWay> ways)
{
    public async Task<GraduationOutlook> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var moved = (await enrollments.OfTargetAsync(instance, EnrollmentTarget.Kubernetes, cancel)).Where(one => one.State is EnrollmentState.Moved or EnrollmentState.Verified).ToList();
        var pinned = (await enrollments.OfTargetAsync(instance, EnrollmentTarget.Docker, cancel)).Count(one => one.State.HasChangedSomething());
        var order = await orders.FindAsync(instance, cancel);
        return new GraduationOutlook(
            order, await HeardAsync(await PlansAsync(instance, moved, cancel), order, cancel), await UnderWayAsync(instance, cancel), pinned, await enrollments.CountAsync(instance, EnrollmentState.Graduated, cancel));
    }

    private async Task<IReadOnlyList<Graduating>> UnderWayAsync(InstanceId instance, CancellationToken cancel)
    {
        var leaving = await enrollments.OfTargetAsync(instance, EnrollmentTarget.Default, cancel);
        var paths = await projects.FindAsync([.. leaving.Select(one => one.Project)], cancel);
        return [.. leaving.OrderBy(one => one.Since).Select(one => new Graduating(one, Path(one, paths.GetValueOrDefault(one.Project)?.Access)))];
    }

    // Whoever came back to where they were before the order was given has not been asked by it.
    private async Task<IReadOnlyList<GraduationPlan>> HeardAsync(IReadOnlyList<GraduationPlan> plans, GraduationOrder? order, CancellationToken cancel)
    {
        if (order is null) return plans;
        var heard = new List<GraduationPlan>(plans.Count);
        foreach (var plan in plans)
            heard.Add(plan.CanGraduate && plan.Enrollment.Since >= order.At && (await enrollments.HistoryAsync(plan.Enrollment.Id, cancel)).Any(line => line is { From: EnrollmentState.Returning, To: EnrollmentState.Moved } && line.At >= order.At) ? plan with { SaidNo = true } : plan);
        return heard;
    }

    private static string Path(Enrollment one, ProjectAccess? access) => access?.FullPath ?? $"project {one.Project.Number}";

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
        var path = Path(one, access);
        if (one.Original is null || one.Kind == EnrollmentKind.Carried) return new(one, path, ["Its group's variable leads it: the group's owner takes that out for all of its projects."], 0);
        var stood = ways.FirstOrDefault(way => way.Way == one.Way) is { } way && scan is not null ? way.WhatStood(one, scan.Jobs) : [];
        // Whose own runners go gets those of the instance again.
        var then = one.Way == EnrollmentWay.ProjectRunner && access is not null ? access with { InstanceRunnersEnabled = true } : access;
        return GraduationPlan.Of(one, path, scan, scan is null ? null : ScanJudgement.Of(scan, said), stood, known, set => ReadMove.IsServed(service, set, one.Project, then, EnrollmentTarget.Kubernetes));
    }
}
