using System.Collections.Concurrent;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// Fetches the raw <c>failure_reason</c> of failed jobs, which GraphQL does not show: by runner where one page brings
/// several, else job by job.
/// </summary>
internal sealed class ReasonSweep(GitLabJobs gitlab, JobRecorder recorder, IJobReader stored, TimeProvider time) : ISweep
{
    private const int JobsARun = 2000;
    private const int PagesARunner = 10;
    private const int SinglesARun = 40;

    private readonly Patience _patience = new(time);

    // How deep each runner's list was read, and where its last walk ended: old failures are not reached through all newer ones again.
    private readonly ConcurrentDictionary<RunnerId, IReadOnlyList<Depth>> _depths = new();

    public string Name => "reasons";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30));

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var missing = (await stored.WithoutReasonAsync(instance, JobsARun, cancel)).Where(one => _patience.MayAsk(new JobId(instance, one.Job))).ToList();
        var (found, deeper) = (0, false);
        var singles = new List<(long Job, ProjectId Project)>();
        foreach (var runner in missing.GroupBy(one => one.Runner).OrderByDescending(group => group.Max(one => one.Job)))
        {
            var left = runner.ToDictionary(one => one.Job, one => one.Project);
            if (runner.Key is { } number && left.Count > 1)
            {
                var walked = await OfRunnerAsync(new RunnerId(instance, number), left, cancel);
                (found, deeper) = (found + walked.Found, deeper || walked.IsDeeper);
            }

            singles.AddRange(left.Select(one => (one.Key, one.Value)));
        }
        foreach (var (job, project) in singles.OrderByDescending(one => one.Job).Take(SinglesARun)) found += await SingleAsync(project, job, cancel);
        return new SweepReport(missing.Count == 0 ? "Every failure has its reason." : $"{found} of {missing.Count} missing failure reasons read", deeper || missing.Count == JobsARun ? Pace.NotBefore : null);
    }

    /// <summary>Takes what it finds, and what lies deeper and comes with the next run, out of <paramref name="left"/>. Those that it passed over are to be asked for singly.</summary>
    private async Task<(int Found, bool IsDeeper)> OfRunnerAsync(RunnerId runner, Dictionary<long, ProjectId> left, CancellationToken cancel)
    {
        var (before, known) = (left.Count, _depths.GetValueOrDefault(runner) ?? []);
        var (next, end) = (Above(known, left)?.Next, (Depth?)null);
        for (var page = 0; page < PagesARunner; page++)
        {
            var read = await gitlab.FailedOfRunnerAsync(runner, next, cancel);
            await recorder.RecordAsync(runner.Instance, read.Jobs, cancel);
            foreach (var job in read.Jobs.Where(job => job.FailureReason is not null)) left.Remove(job.Id.Number);
            if (read.Jobs.Count == 0) break;
            end = new Depth(read.Jobs.Min(job => job.Id.Number), read.Next);
            if (left.Count == 0 || left.Keys.Min() > end.Lowest) break;
            // The newer part is done; jump over what was read before.
            next = Above(known, left) is { } deepest && deepest.Lowest < end.Lowest ? deepest.Next : read.Next;
            if (next is null) break;
        }

        var found = before - left.Count;
        if (end is null) return (found, false);
        List<long> deeper = end.Next is null ? [] : [.. left.Keys.Where(job => job < end.Lowest)];
        foreach (var job in deeper) left.Remove(job);
        var deepestOfAll = known.Append(end).MinBy(depth => depth.Lowest)!;
        _depths[runner] = deeper.Count > 0 && end != deepestOfAll ? [end, deepestOfAll] : [deepestOfAll];
        return (found, deeper.Count > 0);
    }

    // The deepest place that is above all of them.
    private static Depth? Above(IReadOnlyList<Depth> known, Dictionary<long, ProjectId> jobs) =>
        jobs.Count == 0 ? null : known.Where(depth => jobs.Keys.Max() < depth.Lowest).MinBy(depth => depth.Lowest);

    private async Task<int> SingleAsync(ProjectId project, long number, CancellationToken cancel)
    {
        var id = new JobId(project.Instance, number);
        var job = await gitlab.OneAsync(project, number, Purposes.Reasons, cancel);
        if (job is not null) await recorder.RecordAsync(project.Instance, [job], cancel);
        if (job?.FailureReason is null)
        {
            _patience.Vain(id);
            return 0;
        }
        _patience.Answered(id);
        return 1;
    }

    private sealed record Depth(long Lowest, IDictionary<string, string>? Next);
}
