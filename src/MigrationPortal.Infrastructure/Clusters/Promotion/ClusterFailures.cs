using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Clusters.Promotion;

/// <summary>How the jobs of a cluster's runners ended: of those that somebody says run there, and those that the portal made for it.</summary>
internal sealed class ClusterFailures(IClusterStore clusters, IRegistrationStore registrations, IApplicationStore applications, IJobReader jobs, IWorldClock clock) : IClusterFailures
{
    private const int Looked = 100;
    private const int MostPages = 20;

    public async Task<Rate> ReadAsync(long cluster, DateTimeOffset since, CancellationToken cancel)
    {
        if (await clusters.FindAsync(cluster, cancel) is not { } where) return default;
        var runners = (await registrations.ListAsync(cluster, Looked, null, cancel)).Where(one => one.State == RegistrationState.Done).Select(one => one.Runner)
            .Concat((await applications.ListAsync(cluster, null, Looked, null, cancel)).Select(one => one.Runner)).OfType<long>().Concat(where.RunnerIds).ToHashSet();
        var now = clock.Now(where.Instance);
        // Whole hours are summed already; of the first, broken one the jobs are counted one by one.
        var whole = new DateTimeOffset(since.UtcDateTime.Date.AddHours(since.UtcDateTime.Hour + 1), TimeSpan.Zero);
        var (failed, finished) = (0L, 0L);
        foreach (var runner in runners)
        {
            var single = await SinglesAsync(where.Instance, runner, new TimeWindow(since, whole < now ? whole : now), cancel);
            (failed, finished) = (failed + single.Failed, finished + single.Finished);
        }

        if (whole >= now) return new Rate(failed, finished);
        var hours = (await jobs.PerRunnerAsync(where.Instance, new TimeWindow(whole, now), cancel)).Where(one => runners.Contains(one.Key.Number)).SelectMany(one => one.Value).ToList();
        return new Rate(failed + hours.Sum(one => one.Failed), finished + hours.Sum(one => one.Finished));
    }

    private async Task<Rate> SinglesAsync(InstanceId instance, long runner, TimeWindow window, CancellationToken cancel)
    {
        var (failed, finished, mark) = (0L, 0L, (JobMark?)null);
        for (var page = 0; page < MostPages; page++)
        {
            var read = await jobs.FinishedAsync(new JobFilter(instance, Finished: window, Runner: runner), Looked, mark, cancel);
            (failed, finished, mark) = (failed + read.Rows.Count(one => one.Status == JobStatus.Failed), finished + read.Rows.Count, read.Next);
            if (mark is null) break;
        }

        return new Rate(failed, finished);
    }
}
