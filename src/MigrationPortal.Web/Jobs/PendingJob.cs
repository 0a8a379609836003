using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Web.Jobs;

/// <summary>A waiting job with the runners that could take it now.</summary>
/// <param name="Servers">Names of runners; null when the job's tags or the fleet are not known.</param>
/// <param name="WhyNobody">What stands in the way when nobody can take it.</param>
public sealed record PendingJob(JobRow Job, IReadOnlyList<string>? Servers, string WhyNobody)
{
    public static PendingJob Of(JobRow job, FleetSnapshot? fleet, ProjectAccess? access)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (job.Tags is not { } tags || fleet is null) return new PendingJob(job, null, "");
        var needs = new JobNeeds(tags, job.Protected, job.Project);
        var matching = fleet.Runners.Where(runner => JobMatcher.Matches(runner.Observed, needs, access)).ToList();
        var serving = matching
            .Where(runner => !runner.Attributes.Paused && JobMatcher.InContact(runner.Observed, fleet.TakenAt))
            .Select(runner => runner.Observed.Description)
            .ToList();
        return new PendingJob(job, serving, matching switch
        {
            [] when tags.IsEmpty => "no runner accepts untagged jobs of it",
            [] => $"no runner has {tags}",
            _ when matching.All(runner => runner.Attributes.Paused) => "all matching runners are paused",
            _ => "no matching runner is in contact",
        });
    }
}
