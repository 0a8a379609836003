using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Walks finished jobs from new to old and records them as it goes.</summary>
internal sealed class JobWalk(GitLabJobs gitlab, JobRecorder recorder, TimeProvider time)
{
    /// <summary>Pipelines that are created at the same time show their ids out of order for a moment.</summary>
    private const long Overlap = 100;

    /// <summary>Fewer jobs on a page than this are cheaper to ask for one by one.</summary>
    private const int WorthAPage = 3;

    /// <summary>Recorded together: far cheaper than one by one.</summary>
    private const int PagesTogether = 10;

    /// <summary>With a small budget ten pages take long; what was read is shown sooner.</summary>
    private static readonly TimeSpan KeptWithin = TimeSpan.FromSeconds(5);

    /// <param name="from">What is to be covered; without a cursor it begins at the newest.</param>
    /// <param name="settledBefore">Of GitLab's time: no job that was created before it can come to light any more.</param>
    /// <param name="wanted">Numbers of jobs known to have finished; those met are taken out. Walks deeper than asked while pages hold enough of them.</param>
    public async Task<JobsWalked> DownAsync(InstanceId instance, JobGap from, DateTimeOffset settledBefore, SortedSet<long> wanted, int pages, CancellationToken cancel)
    {
        var (left, used, settled) = (from, 0, 0L);
        var (read, began) = (new List<JobObservation>(), time.GetTimestamp());
        while (used < pages)
        {
            JobPage page;
            try
            {
                page = await gitlab.PageAsync(instance, GitLabJobs.Finished, left.Cursor, Purposes.Finished, cancel);
            }
            catch (GitLabUnavailableException fault)
            {
                // What was read stays read; without a first page there is nothing to go on from.
                if (left.Cursor is null) throw;
                await recorder.RecordAsync(instance, read, cancel);
                return new JobsWalked(left, used, settled, fault);
            }

            used++;
            read.AddRange(page.Jobs);
            wanted.ExceptWith(page.Jobs.Select(job => job.Id.Number));
            settled = page.Jobs.Where(job => job.CreatedAt < settledBefore).Select(job => job.Id.Number).Append(settled).Max();
            var isDown = page.Next is null || (page.Lowest <= from.DownTo - Overlap && !WorthGoingOn(page, wanted));
            if (isDown || used == pages || used % PagesTogether == 0 || time.GetElapsedTime(began) > KeptWithin)
            {
                await recorder.RecordAsync(instance, read, cancel);
                (read, began) = ([], time.GetTimestamp());
            }

            if (isDown) return new JobsWalked(null, used, settled, null);
            left = left with { Cursor = page.Next, Until = page.Jobs.Count == 0 ? left.Until : page.Jobs.Min(job => job.CreatedAt) };
        }

        return new JobsWalked(left, used, settled, null);
    }

    private static bool WorthGoingOn(JobPage page, SortedSet<long> wanted)
    {
        var span = page.Highest - page.Lowest;
        return wanted.GetViewBetween(page.Lowest - span, page.Lowest).Count >= WorthAPage;
    }
}

/// <summary>How far a walk came.</summary>
/// <param name="Left">Null: all was covered.</param>
/// <param name="Settled">The highest number met of a job that was created before the time asked about; 0: none.</param>
/// <param name="Stopped">Why it ended early.</param>
internal sealed record JobsWalked(JobGap? Left, int Pages, long Settled, Exception? Stopped);

/// <summary>Records observations with their refs' protection filled in.</summary>
internal sealed class JobRecorder(IJobStore store, ProtectedRefs refs)
{
    /// <returns>How many were new or moved on.</returns>
    public async Task<int> RecordAsync(InstanceId instance, IReadOnlyList<JobObservation> jobs, CancellationToken cancel) =>
        jobs.Count == 0 ? 0 : await store.RecordAsync(instance, await refs.MarkAsync(jobs, cancel), cancel);
}
