using System.Globalization;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters.Surges;
using MigrationPortal.Infrastructure.Gates;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Drops raw jobs that are older than the instance keeps them, partition by partition, the digests of days that nobody asks for, what gates said long ago but for what decided, and lines of jobs' logs, and what was seen of the queue in surges.</summary>
internal sealed class RetentionSweep(GitLabOptions options, JobRetention retention, DigestRetention digests, DigestReach reach, GateRetention gates, IVerdictStore verdicts, SurgeRetention surges, IWorldClock clock) : ISweep
{
    public string Name => "retention";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromDays(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));

    public bool NeedsReadToken => false;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var months = options.Instances.Single(one => one.Id == instance).KeepJobsMonths;
        var now = clock.Now(instance);
        var before = now.AddMonths(-months);
        var dropped = await retention.DropAsync(instance, before, cancel);
        var days = await digests.RemoveAsync(instance, await reach.SinceAsync(instance, now, cancel), DigestReach.PagesSince(now), cancel);
        var thinned = await gates.ThinAsync(instance, now - GateRetention.Whole, cancel);
        var excerpts = await verdicts.ExpireAsync(instance, now, cancel);
        var looks = await surges.DropAsync(instance, before, cancel);
        return new SweepReport($"Jobs are kept since {before:yyyy-MM-dd}{Removed(dropped, "; 1 older partition dropped", "; {0} older partitions dropped")}{Removed(days, "; digests of 1 day removed", "; digests of {0} days removed")}{Removed(thinned, "; 1 gate evaluation removed", "; {0} gate evaluations removed")}{Removed(excerpts, "; lines of 1 job's log dropped", "; lines of {0} jobs' logs dropped")}{Removed(looks, "; 1 look at a surge's queue dropped", "; {0} looks at surges' queues dropped")}.");
    }

    private static string Removed(int count, string one, string many) => count == 0 ? "" : count == 1 ? one : string.Format(CultureInfo.InvariantCulture, many, count);
}
