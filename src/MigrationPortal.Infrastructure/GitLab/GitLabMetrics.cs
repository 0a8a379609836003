using System.Diagnostics.Metrics;
using System.Globalization;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>The portal's own load on GitLab, under the meter <c>MigrationPortal.GitLab</c>.</summary>
internal sealed class GitLabMetrics
{
    public const string MeterName = "MigrationPortal.GitLab";

    private readonly Counter<long> _requests;
    private readonly Histogram<double> _seconds;
    private readonly Counter<long> _putOff;

    public GitLabMetrics(IMeterFactory meters, GitLabOptions options)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("portal.gitlab.requests", description: "Requests sent to GitLab; status 0: no answer.");
        _seconds = meter.CreateHistogram<double>("portal.gitlab.request.duration", "s", "Time until GitLab's whole answer was read.");
        _putOff = meter.CreateCounter<long>("portal.gitlab.put_off", description: "Requests put off for want of budget.");
        // Told at each scrape, so that what is sent can be read as a part of what may be.
        meter.CreateObservableGauge("portal.gitlab.budget.rate", () => Limits(options, limit => limit.PerSecond), "requests/s", "What a lane may send in the long run.");
        meter.CreateObservableGauge("portal.gitlab.budget.burst", () => Limits(options, limit => limit.Burst), "requests", "What a lane may send at once after a rest.");
    }

    public void Request(InstanceId instance, RequestLane lane, string purpose, int status, TimeSpan took)
    {
        var tags = Tags(instance, lane, purpose);
        _requests.Add(1, [.. tags, new("status", status.ToString(CultureInfo.InvariantCulture))]);
        _seconds.Record(took.TotalSeconds, tags);
    }

    public void PutOff(InstanceId instance, RequestLane lane, string purpose) => _putOff.Add(1, Tags(instance, lane, purpose));

    private static IEnumerable<Measurement<double>> Limits(GitLabOptions options, Func<BudgetLimit, double> value) =>
        from instance in options.Instances
        from lane in Enum.GetValues<RequestLane>()
        select new Measurement<double>(value(instance.Limit(lane)), new("instance", instance.Id.Name), new("lane", lane.ToString().ToLowerInvariant()));

    private static KeyValuePair<string, object?>[] Tags(InstanceId instance, RequestLane lane, string purpose) =>
        [new("instance", instance.Name), new("lane", lane.ToString().ToLowerInvariant()), new("purpose", purpose)];
}
