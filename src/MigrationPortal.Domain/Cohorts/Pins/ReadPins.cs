using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Pins;

/// <summary>A project that is to stay on docker.</summary>
/// <param name="Path">Its full path; its number while that is not known.</param>
/// <param name="WhyNot">Why it is not held back yet, or any more; null: a pin that is verified, by a job and by the newest look at its CI file.</param>
public sealed record Pin(Enrollment Enrollment, string Path, ProjectAccess? Access, string? WhyNot)
{
    public bool IsVerified => WhyNot is null;

    /// <summary>Its time has come: the change is to be taken out.</summary>
    public bool IsOver(DateTimeOffset now) => Enrollment.Until <= now;
}

/// <summary>Every project that is or wants to be pinned, by path. Those whose change is being taken out are none any more.</summary>
public sealed class ReadPins(IEnrollmentStore enrollments, IScanStore scans, IMoveTags tags, IProjectStore projects)
{
    public async Task<IReadOnlyList<Pin>> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var wished = (await enrollments.OfTargetAsync(instance, EnrollmentTarget.Docker, cancel)).Where(one => one.State != EnrollmentState.Returning).ToList();
        if (wished.Count == 0) return [];
        List<ProjectId> of = [.. wished.Select(one => one.Project)];
        var (known, seen, paths) = (await tags.ReadAsync(instance, cancel), await scans.FindAsync(of, cancel), await projects.FindAsync(of, cancel));
        return
        [
            .. wished.Select(one => (One: one, Access: paths.GetValueOrDefault(one.Project)?.Access))
                .Select(one => new Pin(one.One, one.Access?.FullPath ?? $"project {one.One.Project.Number}", one.Access, WhyNot(one.One, seen.GetValueOrDefault(one.One.Project), known)))
                .OrderBy(one => one.Path, StringComparer.Ordinal),
        ];
    }

    private static string? WhyNot(Enrollment pin, ProjectScan? scan, MoveTags known) => pin.State switch
    {
        EnrollmentState.Verified => PinCheck.WhyNot(pin, scan, known),
        EnrollmentState.Moved => PinCheck.WhyNot(pin, scan, known) ?? $"no job of it has run with {known.Fallback} yet",
        EnrollmentState.Moving => "its merge request is not merged yet",
        _ => "nothing was changed in it yet",
    };
}
