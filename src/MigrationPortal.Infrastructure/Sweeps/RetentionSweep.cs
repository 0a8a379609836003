using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Drops raw jobs that are older than the instance keeps them, partition by partition, and the digests of days that nobody asks for.</summary>
internal sealed class RetentionSweep(GitLabOptions options, JobRetention retention, DigestRetention digests, IWorldClock clock) : ISweep
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
        var days = await digests.RemoveAsync(instance, DigestReading.Day(now - Stragglers.Kept), cancel);
        return new SweepReport($"Jobs are kept since {before:yyyy-MM-dd}{(dropped == 0 ? "" : dropped == 1 ? "; 1 older partition dropped" : $"; {dropped} older partitions dropped")}{(days == 0 ? "" : days == 1 ? "; digests of 1 day removed" : $"; digests of {days} days removed")}.");
    }
}
