using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Failures;

/// <summary>
/// Draws the equal random sample of failed jobs day by day and reads its logs, of what every more important request leaves:
/// rules that read logs know one executor better than the other, so they may speak of both only over the same random choice.
/// </summary>
public sealed class SampleLogs(ILogSamples samples, ExplainFailures explain, IWorldClock clock)
{
    /// <summary>Whole days that are made up for, such as after the portal was away.</summary>
    public const int DaysBack = 7;

    private const int Reads = 50;

    /// <summary>After a day's end, until its last jobs and their reasons are collected.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromHours(3);

    private static readonly GitLabCaller Caller = new GitLabCaller.Portal(RequestPurpose.Sample);

    /// <param name="each">Jobs a day and executor.</param>
    /// <param name="goOn">Asked before each log.</param>
    /// <exception cref="GitLabUnavailableException">GitLab does not answer; what was read is kept.</exception>
    public async Task<SampleRun> RunAsync(InstanceId instance, int each, Func<bool> goOn, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(goOn);
        var drawn = await DrawAsync(instance, each, cancel);
        var (unread, read) = (await samples.UnreadAsync(instance, Reads, cancel), 0);
        foreach (var (job, project, reason) in unread)
        {
            if (!goOn()) break;
            if (!(await explain.JudgeAsync(Caller, job, project, reason, cancel)).TryGet(out _, out var no))
            {
                if (no.Code == DeskCode.RateLimited) return new SampleRun(drawn, read, unread.Count - read, no.RetryAfter);
                // GitLab does not show it to an administrator: it never will.
                await explain.WithoutLogAsync(job, project, reason, LogState.Missing, cancel);
            }

            read++;
        }

        return new SampleRun(drawn, read, unread.Count - read, null);
    }

    private async Task<int> DrawAsync(InstanceId instance, int each, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var today = DateOnly.FromDateTime((now - Settled).UtcDateTime);
        var known = await samples.DrawnAsync(instance, today.AddDays(-DaysBack), cancel);
        var (seed, drawn) = (await samples.SeedAsync(instance, cancel), 0);
        for (var day = today.AddDays(-DaysBack); day < today; day = day.AddDays(1))
        {
            if (known.Contains(day)) continue;
            var failed = await samples.FailedAsync(instance, day, cancel);
            // Not collected yet, or no runner is managed yet: asked again later, as long as the day is made up for.
            if (failed.Count == 0) continue;
            var chosen = LogSample.Draw(seed, instance, failed, each);
            await samples.SaveAsync(instance, new SampleDay(day, chosen.Count / 2, failed.Count(one => one.Executor == Fleet.ExecutorFamily.Docker), failed.Count(one => one.Executor == Fleet.ExecutorFamily.Kubernetes), now), chosen, cancel);
            drawn++;
        }

        return drawn;
    }
}

/// <param name="Days">Drawn now.</param>
/// <param name="Left">Drawn jobs that are still to be read, as far as was looked.</param>
/// <param name="Wait">The request budget is spent for so long; null when it was not.</param>
public sealed record SampleRun(int Days, int Read, int Left, TimeSpan? Wait);
