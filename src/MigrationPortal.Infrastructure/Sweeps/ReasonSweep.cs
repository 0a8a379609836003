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

    // How deep each runner's list was read, so that old failures are not reached through all newer ones again.
    private readonly ConcurrentDictionary<RunnerId, Depth> _depths = new();

    public string Name => "reasons";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30));

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var missing = (await stored.WithoutReasonAsync(instance, JobsARun, cancel)).Where(one => _patience.MayAsk(new JobId(instance, one.Job))).ToList();
        var found = 0;
        var singles = new List<(long Job, ProjectId Project)>();
        foreach (var runner in missing.GroupBy(one => one.Runner).OrderByDescending(group => group.Max(one => one.Job)))
        {
            var left = runner.ToDictionary(one => one.Job, one => one.Project);
            if (runner.Key is { } number && left.Count > 1) found += await OfRunnerAsync(new RunnerId(instance, number), left, cancel);
            singles.AddRange(left.Select(one => (one.Key, one.Value)));
        }
        foreach (var (job, project) in singles.OrderByDescending(one => one.Job).Take(SinglesARun)) found += await SingleAsync(project, job, cancel);
        return new SweepReport(missing.Count == 0 ? "Every failure has its reason." : $"{found} of {missing.Count} missing failure reasons read", missing.Count == JobsARun ? Pace.NotBefore : null);
    }

    /// <summary>Takes what it finds out of <paramref name="left"/>.</summary>
    private async Task<int> OfRunnerAsync(RunnerId runner, Dictionary<long, ProjectId> left, CancellationToken cancel)
    {
        var (before, depth) = (left.Count, _depths.GetValueOrDefault(runner));
        // Only old ones: go on where the last walk ended.
        var next = depth is not null && left.Keys.Max() < depth.Lowest ? depth.Next : null;
        for (var page = 0; page < PagesARunner && left.Count > 0; page++)
        {
            var read = await gitlab.FailedOfRunnerAsync(runner, next, cancel);
            await recorder.RecordAsync(runner.Instance, read.Jobs, cancel);
            foreach (var job in read.Jobs.Where(job => job.FailureReason is not null)) left.Remove(job.Id.Number);
            if (read.Jobs.Count == 0) break;
            var lowest = read.Jobs.Min(job => job.Id.Number);
            if (depth is null || lowest < depth.Lowest) _depths[runner] = depth = new Depth(lowest, read.Next);
            // The newer part is done; jump over what was read before.
            next = depth.Lowest < lowest && left.Count > 0 && left.Keys.Max() < lowest && left.Keys.Max() < depth.Lowest ? depth.Next : read.Next;
            if (next is null || left.Count == 0 || left.Keys.Min() > lowest) break;
        }
        var found = before - left.Count;
        // Deeper ones come with the next run; those passed over are asked for singly.
        if (next is not null && _depths.GetValueOrDefault(runner) is { } reached)
            foreach (var deep in left.Keys.Where(job => job < reached.Lowest).ToList()) left.Remove(deep);
        return found;
    }

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
