using System.Diagnostics.Metrics;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>Job events that GitLab sends, under the meter <c>MigrationPortal.Jobs</c>.</summary>
internal sealed class InboxMetrics
{
    public const string MeterName = "MigrationPortal.Jobs";

    private readonly Meter _meter;
    private readonly Counter<long> _events;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _age;

    public InboxMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _events = _meter.CreateCounter<long>("portal.hooks.events", description: "Events received by outcome: taken, ignored, full, not-proven, unreadable; and lost: taken, but given up.");
        _batch = _meter.CreateHistogram("portal.hooks.batch", "events", "Events recorded in one transaction.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 3, 10, 30, 100, 300, 1000, 3000] });
        _age = _meter.CreateHistogram("portal.hooks.age", "s", "From taking an event until it is recorded; the oldest of each batch.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300] });
    }

    /// <param name="waiting">Told at each scrape.</param>
    public void Watch(InstanceId instance, Func<int> waiting) => _meter.CreateObservableGauge(
        "portal.hooks.waiting", () => new Measurement<int>(waiting(), new KeyValuePair<string, object?>("instance", instance.Name)), "events", "Taken, not yet recorded.");

    public void Received(JobReceipt receipt) => _events.Add(1, new KeyValuePair<string, object?>("outcome", receipt switch
    {
        JobReceipt.Taken => "taken",
        JobReceipt.Ignored => "ignored",
        JobReceipt.Full => "full",
        JobReceipt.NotProven => "not-proven",
        _ => "unreadable",
    }));

    public void Lost(int events) => _events.Add(events, new KeyValuePair<string, object?>("outcome", "lost"));

    public void Recorded(InstanceId instance, int events, TimeSpan oldest)
    {
        var tag = new KeyValuePair<string, object?>("instance", instance.Name);
        _batch.Record(events, tag);
        _age.Record(oldest.TotalSeconds, tag);
    }
}
