using System.Text.Json;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Told from the marks that the sweeps leave: how far back history is, walks left over, and when the jobs were last looked at.</summary>
internal sealed class JobCollectionReader(IInstanceStore marks, IBudgetStore budget, SweepBook sweeps, GitLabOptions options, IWorldClock clock, TimeProvider time) : IJobCollection
{
    /// <summary>World time. Sweeps come every half minute; one that is put off a few times is no gap yet.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(15);

    /// <summary>Whole minutes that the pages a second are of.</summary>
    private const int Lately = 5;

    public async Task<JobCollection> ReadAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var oldest = now - TimeSpan.FromDays(options.Instances.Single(one => one.Id == instance).HistoryDays);
        var mark = await HistoryMark.ReadAsync(marks, instance, cancel);
        var past = mark is null ? null : await PastAsync(instance, mark, oldest, now, cancel);
        return new JobCollection(past, await UnreadAsync(instance, mark, now, cancel));
    }

    public async Task<IReadOnlyList<UnreadRange>> UnreadAsync(InstanceId instance, CancellationToken cancel) =>
        await UnreadAsync(instance, await HistoryMark.ReadAsync(marks, instance, cancel), clock.Now(instance), cancel);

    public async Task<DateTimeOffset?> LookedAtAsync(InstanceId instance, CancellationToken cancel) => (await CoverageAsync(instance, cancel))?.LookedAt;

    private async Task<JobCoverage?> CoverageAsync(InstanceId instance, CancellationToken cancel) =>
        await marks.WatermarkAsync(instance, JobSweep.CoverageSource, cancel) is { } text ? JsonSerializer.Deserialize<JobCoverage>(text) : null;

    private async Task<IReadOnlyList<UnreadRange>> UnreadAsync(InstanceId instance, HistoryMark? past, DateTimeOffset now, CancellationToken cancel)
    {
        var coverage = await CoverageAsync(instance, cancel);
        List<UnreadRange> unread = [];
        if (past is not { Complete: true }) unread.Add(new UnreadRange(DateTimeOffset.MinValue, past?.Reached ?? now, "not read yet"));
        else if (past is { Cursor: not null, Reached: { } reached }) unread.Add(new UnreadRange(DateTimeOffset.MinValue, reached, "older than what is read of the past (HistoryDays)"));
        foreach (var gap in coverage?.Gaps ?? [])
            if (gap is { Since: { } since, Until: { } until } && until > since) unread.Add(new UnreadRange(since, until, "not read yet: a walk over the jobs was interrupted and goes on"));
        if (coverage?.LookedAt is { } looked && now - looked > Behind)
            unread.Add(new UnreadRange(looked, now, $"the job sweep is behind: {(await sweeps.LastAsync(instance, JobSweep.SweepName, cancel))?.Said ?? "it has not run"}"));
        return [.. unread.OrderBy(one => one.From)];
    }

    private async Task<HistoryProgress> PastAsync(InstanceId instance, HistoryMark mark, DateTimeOffset oldest, DateTimeOffset now, CancellationToken cancel)
    {
        var spent = await budget.SpendingAsync(instance, BudgetSpending.LastMinutes(Lately, time.GetUtcNow()), cancel);
        var pages = spent.Where(one => one.Purpose == RequestPurpose.History.Name).Sum(one => one.Taken);
        var newest = mark.Newest ?? now;
        return new HistoryProgress(oldest, newest, mark.Reached ?? newest, mark.Complete, mark.Pages, pages / (Lately * 60.0));
    }
}
