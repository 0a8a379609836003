using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// Jobs that are not final: those that move, all of them each time, and those that rest, mostly only young ones,
/// because blocked pipelines pile up thousands of pages of the others.
/// </summary>
internal sealed class JobsUnderWay(GitLabJobs gitlab, JobRecorder recorder, IJobReader stored)
{
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(7);
    public static readonly TimeSpan Young = TimeSpan.FromHours(1);

    private const int UnfinishedAtMost = 50_000;

    /// <summary>Reads and records them.</summary>
    /// <param name="restingSince">How far back those that rest are read.</param>
    /// <returns>Their numbers, and how many requests it took.</returns>
    public async Task<(HashSet<long> Numbers, int Pages)> ReadAsync(InstanceId instance, DateTimeOffset restingSince, CancellationToken cancel)
    {
        var numbers = new HashSet<long>();
        // Resting first: one that starts to move in between is then in the second list too, never in neither.
        var pages = await ReadAsync(instance, GitLabJobs.Resting, restingSince, numbers, cancel);
        return (numbers, pages + await ReadAsync(instance, GitLabJobs.Moving, DateTimeOffset.MinValue, numbers, cancel));
    }

    /// <summary>Stored as under way and not in the list just read: they have finished, or GitLab hides them.</summary>
    public async Task<Dictionary<long, ProjectId>> LeftAsync(InstanceId instance, HashSet<long> read, DateTimeOffset now, DateTimeOffset restingSince, CancellationToken cancel) =>
        (await stored.UnfinishedAsync(instance, now - Oldest, restingSince, UnfinishedAtMost, cancel))
            .Where(one => !read.Contains(one.Job)).ToDictionary(one => one.Job, one => one.Project);

    private async Task<int> ReadAsync(InstanceId instance, IReadOnlyList<string> statuses, DateTimeOffset since, HashSet<long> numbers, CancellationToken cancel)
    {
        var (cursor, pages) = ((string?)null, 0);
        do
        {
            var page = await gitlab.PageAsync(instance, statuses, cursor, Purposes.Pending, cancel);
            await recorder.RecordAsync(instance, page.Jobs, cancel);
            numbers.UnionWith(page.Jobs.Select(job => job.Id.Number));
            cursor = page.Jobs.Any(job => job.CreatedAt < since) ? null : page.Next;
            pages++;
        }
        while (cursor is not null);
        return pages;
    }
}
