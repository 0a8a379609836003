using System.Collections.Frozen;
using System.Threading.Channels;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;

namespace MigrationPortal.Infrastructure.Jobs;

/// <param name="Since">Timestamp of the <see cref="TimeProvider"/>.</param>
internal readonly record struct WaitingEvent(JobObservation Job, long Since);

/// <summary>A queue for each instance between GitLab, which wants its answer, and the database, which likes batches.</summary>
internal sealed class JobInbox : IJobInbox
{
    /// <summary>Events of one instance; some 25 MB at most.</summary>
    public const int Capacity = 50_000;

    /// <summary>No longer than a full queue needs to be recorded: who comes back does not find the database idle.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private static readonly JobReceipt Taken = new JobReceipt.Taken();
    private static readonly JobReceipt Ignored = new JobReceipt.Ignored();
    private static readonly JobReceipt Full = new JobReceipt.Full(RetryAfter);

    private readonly FrozenDictionary<InstanceId, Channel<WaitingEvent>> _queues;
    private readonly GitLabWebhook _webhook;
    private readonly InboxMetrics _metrics;
    private readonly TimeProvider _time;

    public JobInbox(GitLabWebhook webhook, InstanceDirectory instances, InboxMetrics metrics, TimeProvider time)
    {
        (_webhook, _metrics, _time) = (webhook, metrics, time);
        _queues = instances.All.ToFrozenDictionary(one => one.Id, _ => Channel.CreateBounded<WaitingEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true }));
        foreach (var (instance, queue) in _queues) metrics.Watch(instance, () => queue.Reader.Count);
    }

    public JobReceipt Take(in EventProof proof, ReadOnlySpan<byte> body)
    {
        var receipt = _webhook.Read(proof, body) switch
        {
            JobEvent.Observed(var job) => _queues[job.Id.Instance].Writer.TryWrite(new WaitingEvent(job, _time.GetTimestamp())) ? Taken : Full,
            JobEvent.NotProven(var why) => new JobReceipt.NotProven(why),
            JobEvent.Unreadable(var why) => new JobReceipt.Unreadable(why),
            _ => Ignored,
        };
        _metrics.Received(receipt);
        return receipt;
    }

    public ChannelReader<WaitingEvent> Queue(InstanceId instance) => _queues[instance].Reader;

    /// <summary>From now on every event is turned away; what waits can still be read.</summary>
    public void Close()
    {
        foreach (var queue in _queues.Values) queue.Writer.TryComplete();
    }
}
