using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Where the jobs of enrolled projects ran since each came into its state, against where they are meant to run.</summary>
public sealed class ReadExposure(IEnrollmentStore enrollments, IRanJobs jobs, IMigrationStore migration)
{
    public async Task<ExposureReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var settings = await migration.SettingsAsync(instance, cancel);
        var meant = new List<Enrollment>();
        foreach (var state in (EnrollmentState[])[EnrollmentState.Moved, EnrollmentState.Verified, EnrollmentState.Waitlisted]) meant.AddRange(await enrollments.InStateAsync(instance, state, cancel));
        // In between one may have gone from state to state.
        var each = meant.GroupBy(one => one.Project).Select(one => one.MaxBy(enrollment => enrollment.Version)!).ToList();
        var optIn = TagSet.Of(settings.Translations.Values.OfType<string>().Append(settings.OptInTag));
        return ExposureCheck.Of(each, await jobs.SinceAsync(instance, each, cancel), optIn, settings.OptInTag);
    }
}
