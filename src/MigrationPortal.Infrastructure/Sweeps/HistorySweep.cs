using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Reads jobs from before the portal came, newest first, with what all others leave of the budget; resumes where it stopped.</summary>
internal sealed class HistorySweep(GitLabOptions options, GitLabJobs gitlab, JobRecorder recorder, IInstanceStore marks, IWorldClock clock, TimeProvider time) : ISweep
{
    public const string SweepName = "history";

    /// <summary>Recorded and noted together: far cheaper than one by one, and no more is read again after a crash.</summary>
    private const int PagesTogether = 10;

    /// <summary>With a small budget ten pages take long; what was read is kept sooner.</summary>
    private static readonly TimeSpan KeptWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ARun = TimeSpan.FromSeconds(20);

    public string Name => SweepName;

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var mark = await HistoryMark.ReadAsync(marks, instance, cancel);
        if (mark is null) return new SweepReport("Waits for the first look at the jobs.", Pace.NotBefore);
        if (mark.Complete || mark.Cursor is null) return new SweepReport(mark.Reached is { } reached ? $"All read, back to {reached:yyyy-MM-dd}." : "All read: GitLab has no finished job.", TimeSpan.FromMinutes(10));
        var oldest = clock.Now(instance) - TimeSpan.FromDays(options.Instances.Single(one => one.Id == instance).HistoryDays);
        var (began, before) = (time.GetTimestamp(), mark.Pages);
        while (!mark.Complete && time.GetElapsedTime(began) < ARun) mark = await SomeAsync(instance, mark, oldest, cancel);
        var pages = mark.Pages - before;
        return new SweepReport($"{(pages == 1 ? "1 page" : $"{pages} pages")}, {(mark.Reached is { } back ? $"back to {back:yyyy-MM-dd HH:mm}" : "no job")}.", mark.Complete ? null : Pace.NotBefore);
    }

    private async Task<HistoryMark> SomeAsync(InstanceId instance, HistoryMark mark, DateTimeOffset oldest, CancellationToken cancel)
    {
        var (jobs, began) = (new List<JobObservation>(), time.GetTimestamp());
        Exception? stopped = null;
        for (var page = 0; page < PagesTogether && !mark.Complete && time.GetElapsedTime(began) < KeptWithin; page++)
        {
            try
            {
                var read = await gitlab.PageAsync(instance, GitLabJobs.Finished, mark.Cursor, Purposes.History, cancel);
                jobs.AddRange(read.Jobs);
                var reached = read.Jobs.Count == 0 ? mark.Reached : read.Jobs.Min(job => job.CreatedAt);
                mark = mark with { Cursor = read.Next, Reached = reached, Complete = read.Next is null || reached < oldest, Pages = mark.Pages + 1 };
            }
            catch (GitLabUnavailableException fault)
            {
                stopped = fault;
                break;
            }
        }
        // First the jobs: killed in between, they are read once more and found unchanged.
        await recorder.RecordAsync(instance, [.. jobs.DistinctBy(job => job.Id)], cancel);
        await HistoryMark.WriteAsync(marks, instance, mark, time.GetUtcNow(), cancel);
        return stopped is null ? mark : throw stopped;
    }
}
