using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Walks finished jobs from new to old and records each page before it asks for the next.</summary>
internal sealed class JobWalk(GitLabJobs gitlab, JobRecorder recorder)
{
    /// <summary>Pipelines that are created at the same time show their ids out of order for a moment.</summary>
    private const long Overlap = 100;

    /// <summary>Fewer jobs on a page than this are cheaper to ask for one by one.</summary>
    private const int WorthAPage = 3;

    /// <param name="cursor">Where to begin; null: at the newest.</param>
    /// <param name="until">What is left was created before it, when the walk does not even get a page.</param>
    /// <param name="wanted">Numbers of jobs known to have finished; those met are taken out. Walks deeper than <paramref name="downTo"/> while pages hold enough of them.</param>
    /// <returns>Null when covered down to there, else what is left.</returns>
    public async Task<(JobGap? Left, int Pages, Exception? Stopped)> DownAsync(
        InstanceId instance, string? cursor, DateTimeOffset? until, long downTo, SortedSet<long> wanted, int pages, CancellationToken cancel)
    {
        var (used, began) = (0, cursor is null);
        while (used < pages)
        {
            JobPage page;
            try
            {
                page = await gitlab.PageAsync(instance, GitLabJobs.Finished, cursor, Purposes.Finished, cancel);
            }
            catch (Exception fault) when (fault is GitLabUnavailableException or BudgetSpentException)
            {
                // What was read stays read; without a first page there is nothing to go on from.
                if (cursor is null) throw;
                return (new JobGap(cursor, downTo, Until: until), used, fault);
            }
            used++;
            await recorder.RecordAsync(instance, page.Jobs, cancel);
            wanted.ExceptWith(page.Jobs.Select(job => job.Id.Number));
            (cursor, began, until) = (page.Next, false, page.Jobs.Count == 0 ? until : page.Jobs.Min(job => job.CreatedAt));
            if (cursor is null) return (null, used, null);
            if (page.Lowest <= downTo - Overlap && !WorthGoingOn(page, wanted)) return (null, used, null);
        }
        return (cursor is null || began ? null : new JobGap(cursor, downTo, Until: until), used, null);
    }

    private static bool WorthGoingOn(JobPage page, SortedSet<long> wanted)
    {
        var span = page.Highest - page.Lowest;
        return wanted.GetViewBetween(page.Lowest - span, page.Lowest).Count >= WorthAPage;
    }
}

/// <summary>Records observations with their refs' protection filled in.</summary>
internal sealed class JobRecorder(IJobStore store, ProtectedRefs refs)
{
    /// <returns>How many were new or moved on.</returns>
    public async Task<int> RecordAsync(InstanceId instance, IReadOnlyList<JobObservation> jobs, CancellationToken cancel) =>
        jobs.Count == 0 ? 0 : await store.RecordAsync(instance, await refs.MarkAsync(jobs, cancel), cancel);
}
