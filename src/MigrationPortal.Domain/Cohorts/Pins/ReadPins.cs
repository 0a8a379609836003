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
    /// <summary>So long before its end it needs an eye.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public bool IsVerified => WhyNot is null;

    /// <summary>Jobs that it keeps on docker, as the newest look at the CI file has them; else those that its change named.</summary>
    public IReadOnlyList<string> Jobs { get; init; } = [];

    /// <summary>When and by which job it was verified the last time; null: never.</summary>
    public EnrollmentEvent? Shown { get; init; }

    public bool EndsSoon(DateTimeOffset now) => Enrollment.Until - now <= Soon;

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
        var shown = await enrollments.LastAsync([.. wished.Select(one => one.Id)], EnrollmentState.Verified, cancel);
        var (known, seen, paths) = (await tags.ReadAsync(instance, cancel), await scans.FindAsync(of, cancel), await projects.FindAsync(of, cancel));
        return
        [
            .. wished.Select(one => (One: one, Access: paths.GetValueOrDefault(one.Project)?.Access))
                .Select(one => new Pin(one.One, one.Access?.FullPath ?? $"project {one.One.Project.Number}", one.Access, WhyNot(one.One, seen.GetValueOrDefault(one.One.Project), known))
                {
                    Jobs = PinCheck.Kept(one.One, seen.GetValueOrDefault(one.One.Project), known),
                    Shown = shown.GetValueOrDefault(one.One.Id),
                })
                .OrderBy(one => one.Path, StringComparer.Ordinal),
        ];
    }

    private static string? WhyNot(Enrollment pin, ProjectScan? scan, MoveTags known) => pin.State switch
    {
        EnrollmentState.Verified => PinCheck.WhyNot(pin, scan, known),
        EnrollmentState.Moved when pin.Way == EnrollmentWay.ProjectRunner => "no job of it has run on its docker runner yet",
        EnrollmentState.Moved => PinCheck.WhyNot(pin, scan, known) ?? $"no job of it has run with {known.Fallback} yet",
        EnrollmentState.Moving when pin.Way != EnrollmentWay.MergeRequest => "the change was begun and did not come to its end",
        EnrollmentState.Moving => "its merge request is not merged yet",
        _ => "nothing was changed in it yet",
    };
}
