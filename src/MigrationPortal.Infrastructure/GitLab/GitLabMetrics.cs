using System.Diagnostics.Metrics;
using System.Globalization;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>The portal's own load on GitLab, under the meter <c>MigrationPortal.GitLab</c>.</summary>
internal sealed class GitLabMetrics
{
    public const string MeterName = "MigrationPortal.GitLab";

    private readonly Counter<long> _requests;
    private readonly Histogram<double> _seconds;
    private readonly Counter<long> _putOff;

    public GitLabMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("portal.gitlab.requests", description: "Requests sent to GitLab; status 0: no answer.");
        _seconds = meter.CreateHistogram<double>("portal.gitlab.request.duration", "s", "Time until GitLab's whole answer was read.");
        _putOff = meter.CreateCounter<long>("portal.gitlab.put_off", description: "Requests put off for want of budget.");
    }

    public void Request(InstanceId instance, RequestLane lane, string purpose, int status, TimeSpan took)
    {
        var tags = Tags(instance, lane, purpose);
        _requests.Add(1, [.. tags, new("status", status.ToString(CultureInfo.InvariantCulture))]);
        _seconds.Record(took.TotalSeconds, tags);
    }

    public void PutOff(InstanceId instance, RequestLane lane, string purpose) => _putOff.Add(1, Tags(instance, lane, purpose));

    private static KeyValuePair<string, object?>[] Tags(InstanceId instance, RequestLane lane, string purpose) =>
        [new("instance", instance.Name), new("lane", lane.ToString().ToLowerInvariant()), new("purpose", purpose)];
}
