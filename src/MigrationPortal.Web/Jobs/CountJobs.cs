using System.Globalization;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Jobs;

/// <summary>How many jobs a list has, where a rollup knows it exactly: one that has all its filters, over whole hours or days.</summary>
public sealed class CountJobs(IInsightReader reader)
{
    public async Task<long?> CountAsync(JobFilter filter, CancellationToken cancel)
    {
        if (filter is not { Finished: { } window, Started: null, Name: null, Status: null or JobStatus.Success or JobStatus.Failed }) return null;
        var where = Where(filter).Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value!);
        var asked = new InsightFilter(filter.Instance, window, Bucket.Day, Dimension.Executor, filter.Kind, where) { ManagedOnly = filter.ManagedOnly, FirstAttempts = filter.FirstAttempts };
        var reach = await reader.ReachAsync(asked, Measure.FailureRates, cancel);
        if (reach.FromSingleJobs || !IsWhole(window, reach.Grain)) return null;
        // By the hour, days that the window begins in are not counted whole.
        var totals = await reader.TotalsAsync(asked with { Bucket = reach.Grain }, cancel);
        var (failed, finished) = (totals.Sum(one => one.Rate.Failed), totals.Sum(one => one.Rate.Finished));
        var narrowed = filter.Kind is not null || filter.Reason is not null;
        return filter.Status switch
        {
            JobStatus.Success => narrowed ? 0 : finished - failed,
            JobStatus.Failed => failed,
            _ => narrowed ? failed : finished,
        };
    }

    private static IEnumerable<KeyValuePair<Dimension, string?>> Where(JobFilter filter) =>
    [
        new(Dimension.Executor, filter.Executor?.ToString().ToLowerInvariant()), new(Dimension.Project, filter.Project?.Number.ToString(CultureInfo.InvariantCulture)),
        new(Dimension.Runner, filter.Runner?.ToString(CultureInfo.InvariantCulture)), new(Dimension.Tag, filter.Tag), new(Dimension.Reason, filter.Reason), new(Dimension.RunnerVersion, filter.RunnerVersion),
    ];

    private static bool IsWhole(TimeWindow window, Bucket grain)
    {
        var step = grain == Bucket.Hour ? TimeSpan.TicksPerHour : TimeSpan.TicksPerDay;
        return window.From.UtcTicks % step == 0 && window.To.UtcTicks % step == 0;
    }
}
