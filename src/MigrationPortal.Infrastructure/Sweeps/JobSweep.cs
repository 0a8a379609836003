using System.Text.Json;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// The main source of jobs. First all that are under way, then the finished ones down to where the last walk ended,
/// then, one by one, those that were under way and have left the list without being met. The order matters: a job
/// that exists when the first list is read is in it or already in the second.
/// </summary>
internal sealed class JobSweep(
    GitLabJobs gitlab, JobsUnderWay underWay, JobWalk walk, JobRecorder recorder, IInstanceStore marks, GitLabOptions options, IWorldClock clock, TimeProvider time) : ISweep
{
    public const string CoverageSource = "jobs";

    public const string SweepName = "jobs";

    /// <summary>Pages of one run; what is left becomes a gap and goes on at once.</summary>
    private const int PagesARun = 40;

    private const int SinglesARun = 30;

    /// <summary>The list of jobs under way is as long as the instance is busy: reading it takes a third of the budget at most, and the looks come less often.</summary>
    private const double Share = 1 / 3.0;

    private readonly Patience _patience = new(time);

    public string Name => SweepName;

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30));

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var coverage = await ReadAsync(instance, cancel);
        var deep = coverage is null || coverage.IsDeepDue(now);
        var restingSince = now - (deep ? JobsUnderWay.Oldest : JobsUnderWay.Young);
        var (active, listed) = await underWay.ReadAsync(instance, restingSince, cancel);
        var left = await underWay.LeftAsync(instance, active, now, restingSince, cancel);
        SortedSet<long> wanted = [.. left.Keys];
        var (pages, stopped) = coverage is null
            ? await BeginAsync(instance, active, cancel)
            : await GoOnAsync(instance, coverage, deep, active, wanted, cancel);
        if (stopped is not null) throw stopped;
        var singles = await SinglesAsync(instance, wanted, left, cancel);
        var more = await ReadAsync(instance, cancel) is { Gaps.Count: > 0 };
        return new SweepReport($"{active.Count} {(active.Count == 1 ? "job" : "jobs")} under way, {pages} {(pages == 1 ? "page" : "pages")} of finished ones, {singles} asked for singly{(more ? "; more to read" : "")}", Again(instance, listed, more));
    }

    private TimeSpan? Again(InstanceId instance, int listed, bool more)
    {
        var affordable = TimeSpan.FromSeconds(listed / (Share * options.Instances.Single(one => one.Id == instance).Limit(RequestLane.Monitoring).PerSecond));
        return more || affordable > Pace.NotAfter ? affordable : null;
    }

    // The first time: from now on nothing is missed, and everything older is history's.
    private async Task<(int Pages, Exception? Stopped)> BeginAsync(InstanceId instance, HashSet<long> active, CancellationToken cancel)
    {
        var page = await gitlab.PageAsync(instance, GitLabJobs.Finished, null, Purposes.Finished, cancel);
        await recorder.RecordAsync(instance, page.Jobs, cancel);
        var oldest = page.Jobs.Count == 0 ? (DateTimeOffset?)null : page.Jobs.Min(job => job.CreatedAt);
        await HistoryMark.WriteAsync(marks, instance, new HistoryMark(page.Next, oldest, page.Next is null, oldest), time.GetUtcNow(), cancel);
        var lowest = page.Jobs.Count == 0 ? 0 : page.Lowest;
        await WriteAsync(instance, new JobCoverage(lowest, active.Append(lowest).Max(), [], LookedAt: clock.Now(instance)), cancel);
        return (1, null);
    }

    private async Task<(int Pages, Exception? Stopped)> GoOnAsync(
        InstanceId instance, JobCoverage coverage, bool deep, HashSet<long> active, SortedSet<long> wanted, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var settled = now - JobCoverage.SettlesWithin;
        var walked = await walk.DownAsync(instance, new JobGap(null, deep ? coverage.DeepDownTo(now) : coverage.Top), settled, wanted, PagesARun, cancel);
        var (pages, stopped) = (walked.Pages, walked.Stopped);
        coverage = coverage.After(walked, active, deep, now);
        await WriteAsync(instance, coverage, cancel);
        while (stopped is null && pages < PagesARun && coverage.Gaps.Count > 0)
        {
            walked = await walk.DownAsync(instance, coverage.Gaps[0], settled, wanted, PagesARun - pages, cancel);
            (pages, stopped) = (pages + walked.Pages, walked.Stopped);
            coverage = coverage with { Gaps = walked.Left is { } left ? [left, .. coverage.Gaps.Skip(1)] : [.. coverage.Gaps.Skip(1)] };
            await WriteAsync(instance, coverage, cancel);
        }
        return (pages, stopped);
    }

    private async Task<int> SinglesAsync(InstanceId instance, SortedSet<long> wanted, Dictionary<long, ProjectId> projects, CancellationToken cancel)
    {
        var asked = 0;
        foreach (var number in wanted)
        {
            var id = new JobId(instance, number);
            if (!_patience.MayAsk(id)) continue;
            if (asked++ == SinglesARun) break;
            var job = await gitlab.OneAsync(projects[number], number, Purposes.Finished, cancel) ?? JobObservation.Gone(id, projects[number]);
            await recorder.RecordAsync(instance, [job], cancel);
            if (job.Status.IsFinal()) _patience.Answered(id);
            else _patience.Vain(id);
        }
        return asked;
    }

    private async Task<JobCoverage?> ReadAsync(InstanceId instance, CancellationToken cancel) =>
        await marks.WatermarkAsync(instance, CoverageSource, cancel) is { } text ? JsonSerializer.Deserialize<JobCoverage>(text) : null;

    private Task WriteAsync(InstanceId instance, JobCoverage coverage, CancellationToken cancel) =>
        marks.SaveWatermarkAsync(instance, CoverageSource, JsonSerializer.Serialize(coverage), time.GetUtcNow(), cancel);
}
