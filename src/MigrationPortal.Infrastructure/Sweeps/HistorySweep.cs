using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Reads jobs from before the portal came, newest first, with what the others leave of the budget; resumes where it stopped.</summary>
internal sealed class HistorySweep(GitLabOptions options, GitLabJobs gitlab, JobRecorder recorder, IInstanceStore marks, RequestBudget budget, IWorldClock clock, TimeProvider time) : ISweep
{
    private const int PagesARun = 50;

    public string Name => "history";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var mark = await HistoryMark.ReadAsync(marks, instance, cancel);
        if (mark is null) return new SweepReport("Waits for the first look at the jobs.", Pace.NotBefore);
        if (mark.Complete || mark.Cursor is null) return new SweepReport($"All read, back to {mark.Reached:yyyy-MM-dd}.", TimeSpan.FromMinutes(10));
        var days = options.Instances.Single(one => one.Id == instance).HistoryDays;
        var oldest = clock.Now(instance) - TimeSpan.FromDays(days);
        // A third of what is free now, so that whoever needs it next still finds something.
        var pages = Math.Min(PagesARun, (await budget.LeftOverAsync(instance, cancel) + 2) / 3);
        var done = 0;
        for (; done < pages && !mark.Complete; done++)
        {
            var read = await gitlab.PageAsync(instance, GitLabJobs.Finished, mark.Cursor, Purposes.History, cancel);
            await recorder.RecordAsync(instance, read.Jobs, cancel);
            var reached = read.Jobs.Count == 0 ? mark.Reached : read.Jobs.Min(job => job.CreatedAt);
            mark = new HistoryMark(read.Next, reached, read.Next is null || reached < oldest);
            await HistoryMark.WriteAsync(marks, instance, mark, time.GetUtcNow(), cancel);
        }
        return new SweepReport($"{(done == 1 ? "1 page" : $"{done} pages")}, back to {mark.Reached:yyyy-MM-dd HH:mm}.", PutOff: pages == 0);
    }
}
