using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Insights;

/// <summary>Numbers, marks and gaps that stand still.</summary>
internal sealed class StillInsights : IInsightReader, IJobCollection, IMigrationStore
{
    public IReadOnlyList<SharePoint> Shares { get; init; } = [];

    public IReadOnlyList<RatePoint> Rates { get; set; } = [];

    public IReadOnlyList<UnreadRange> Unread { get; init; } = [];

    public DateTimeOffset CompleteSince { get; init; }

    public Task<DateTimeOffset?> LookedAtAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<DateTimeOffset?>(KitContext.Now);

    public Task<IReadOnlyList<RatePoint>> FailureRatesAsync(InsightFilter filter, CancellationToken cancel) => Task.FromResult(Rates);

    public Task<IReadOnlyList<RateTotal>> TotalsAsync(InsightFilter filter, CancellationToken cancel) => Task.FromResult<IReadOnlyList<RateTotal>>(
        [.. Rates.GroupBy(point => point.Value).Select(one => new RateTotal(one.Key, new Rate(one.Sum(point => point.Rate.Failed), one.Sum(point => point.Rate.Finished))))]);

    public Task<IReadOnlyList<SharePoint>> SharesAsync(InsightFilter filter, CancellationToken cancel) => Task.FromResult(Shares);

    public Task<InsightReach> ReachAsync(InsightFilter filter, Measure measure, CancellationToken cancel) => Task.FromResult(new InsightReach(filter.Window, false, filter.Bucket));

    public Task<DateTimeOffset> CompleteSinceAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => Task.FromResult(CompleteSince > window.From ? CompleteSince : window.From);

    public Task<JobCollection> ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(new JobCollection(null, Unread));

    public Task<IReadOnlyList<UnreadRange>> UnreadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Unread);

    public Task<PhaseState> StateAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(new PhaseState(instance, null, [], true, null, 0));

    public Task<MigrationSettings> SettingsAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> SaveSettingsAsync(MigrationSettings settings, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> SaveStateAsync(PhaseState state, CancellationToken cancel) => throw new NotSupportedException();
}
