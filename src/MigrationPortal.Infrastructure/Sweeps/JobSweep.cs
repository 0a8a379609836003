using System.Text.Json;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// The main source of jobs. First all that are under way, then the finished ones down to where the last walk ended,
/// then, one by one, those that were under way and have left the list without being met. The order matters: a job
/// that exists when the first list is read is in it or already in the second.
/// </summary>
internal sealed class JobSweep(GitLabJobs gitlab, JobWalk walk, JobRecorder recorder, IJobReader stored, IInstanceStore marks, IWorldClock clock, TimeProvider time) : ISweep
{
    public const string CoverageSource = "jobs";

    /// <summary>Pages of one run; what is left becomes a gap and goes on at once.</summary>
    private const int PagesARun = 40;

    private const int SinglesARun = 30;
    private const int UnfinishedAtMost = 20_000;

    // Blocked pipelines leave jobs in "created" for ever.
    private static readonly TimeSpan OldestActive = TimeSpan.FromDays(7);

    private readonly Patience _patience = new(time);

    public string Name => "jobs";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30));

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var active = await ActiveAsync(instance, cancel);
        var wanted = await LeftTheListAsync(instance, active, cancel);
        var coverage = await ReadAsync(instance, cancel);
        var (pages, stopped) = coverage is null
            ? await BeginAsync(instance, active, cancel)
            : await GoOnAsync(instance, coverage, active, wanted, cancel);
        if (stopped is not null) throw stopped;
        var singles = await SinglesAsync(instance, wanted, cancel);
        var left = await ReadAsync(instance, cancel) is { Gaps.Count: > 0 };
        return new SweepReport($"{active.Count} jobs under way, {pages} pages of finished ones, {singles} asked for singly{(left ? "; more to read" : "")}", left ? Pace.NotBefore : null);
    }

    private async Task<HashSet<long>> ActiveAsync(InstanceId instance, CancellationToken cancel)
    {
        var numbers = new HashSet<long>();
        var oldest = clock.Now(instance) - OldestActive;
        string? cursor = null;
        do
        {
            var page = await gitlab.PageAsync(instance, GitLabJobs.Active, cursor, Purposes.Pending, cancel);
            await recorder.RecordAsync(instance, page.Jobs, cancel);
            numbers.UnionWith(page.Jobs.Select(job => job.Id.Number));
            cursor = page.Jobs.Count > 0 && page.Jobs.Max(job => job.CreatedAt) < oldest ? null : page.Next;
        }
        while (cursor is not null);
        return numbers;
    }

    private async Task<SortedSet<long>> LeftTheListAsync(InstanceId instance, HashSet<long> active, CancellationToken cancel)
    {
        var unfinished = await stored.UnfinishedAsync(instance, clock.Now(instance) - OldestActive, UnfinishedAtMost, cancel);
        return [.. unfinished.Select(one => one.Job).Where(job => !active.Contains(job))];
    }

    // The first time: from now on nothing is missed, and everything older is history's.
    private async Task<(int Pages, Exception? Stopped)> BeginAsync(InstanceId instance, HashSet<long> active, CancellationToken cancel)
    {
        var page = await gitlab.PageAsync(instance, GitLabJobs.Finished, null, Purposes.Finished, cancel);
        await recorder.RecordAsync(instance, page.Jobs, cancel);
        if (page.Next is not null) await HistoryMark.WriteAsync(marks, instance, new HistoryMark(page.Next, null, false), time.GetUtcNow(), cancel);
        var lowest = page.Jobs.Count == 0 ? 0 : page.Lowest;
        await WriteAsync(instance, new JobCoverage(Math.Max(lowest, active.Count == 0 ? 0 : active.Max()), []), cancel);
        return (1, null);
    }

    private async Task<(int Pages, Exception? Stopped)> GoOnAsync(
        InstanceId instance, JobCoverage coverage, HashSet<long> active, SortedSet<long> wanted, CancellationToken cancel)
    {
        (var downTo, coverage) = coverage.Depth(clock.Now(instance));
        var (left, pages, stopped) = await walk.DownAsync(instance, null, downTo, wanted, PagesARun, cancel);
        var top = active.Count == 0 ? coverage.Top : Math.Max(coverage.Top, active.Max());
        coverage = coverage with { Top = top, Gaps = left is null ? coverage.Gaps : [left, .. coverage.Gaps] };
        await WriteAsync(instance, coverage, cancel);
        while (stopped is null && pages < PagesARun && coverage.Gaps.Count > 0)
        {
            var gap = coverage.Gaps[0];
            (left, var more, stopped) = await walk.DownAsync(instance, gap.Cursor, gap.DownTo, wanted, PagesARun - pages, cancel);
            pages += more;
            coverage = coverage with { Gaps = left is null ? [.. coverage.Gaps.Skip(1)] : [left, .. coverage.Gaps.Skip(1)] };
            await WriteAsync(instance, coverage, cancel);
        }
        return (pages, stopped);
    }

    private async Task<int> SinglesAsync(InstanceId instance, SortedSet<long> wanted, CancellationToken cancel)
    {
        if (wanted.Count == 0) return 0;
        var projects = (await stored.UnfinishedAsync(instance, clock.Now(instance) - OldestActive, UnfinishedAtMost, cancel)).ToDictionary(one => one.Job, one => one.Project);
        var asked = 0;
        foreach (var number in wanted)
        {
            var id = new JobId(instance, number);
            if (!projects.TryGetValue(number, out var project) || !_patience.MayAsk(id)) continue;
            if (asked++ == SinglesARun) break;
            var job = await gitlab.OneAsync(project, number, Purposes.Finished, cancel);
            if (job is not null) await recorder.RecordAsync(instance, [job], cancel);
            if (job?.Status.IsFinal() == true) _patience.Answered(id);
            else _patience.Vain(id);
        }
        return asked;
    }

    private async Task<JobCoverage?> ReadAsync(InstanceId instance, CancellationToken cancel) =>
        await marks.WatermarkAsync(instance, CoverageSource, cancel) is { } text ? JsonSerializer.Deserialize<JobCoverage>(text) : null;

    private Task WriteAsync(InstanceId instance, JobCoverage coverage, CancellationToken cancel) =>
        marks.SaveWatermarkAsync(instance, CoverageSource, JsonSerializer.Serialize(coverage), time.GetUtcNow(), cancel);
}
