using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>A time in which a tag is or was away on purpose. What its jobs do meanwhile says nothing about Kubernetes or the fleet.</summary>
/// <param name="OperationId">The operation that took the tag away and gives it back.</param>
/// <param name="From">When that began; the instance's time.</param>
/// <param name="ReturnedAt">When every runner that lost the tag had it again; null as long as one may lack it.</param>
public sealed record Brownout(long OperationId, InstanceId Instance, string Tag, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset? ReturnedAt)
{
    /// <summary>It should be over and is not: past this, somebody must look.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromMinutes(2);

    public bool IsOverdue(DateTimeOffset now) => ReturnedAt is null && now > Until + Overdue;

    /// <summary>Whether a job with these tags could be waiting for this at that moment.</summary>
    public bool Covers(TagSet tags, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return tags.Contains(Tag) && at >= From && !(at > ReturnedAt);
    }
}

/// <summary>Jobs that could not start because of a brownout, counted apart from those that wait for want of a runner.</summary>
/// <param name="Waited">Queued before its end and not started in it, those that wait still included.</param>
/// <param name="Waiting">Of these, wait still.</param>
/// <param name="Dropped">Of these, GitLab dropped for want of a runner.</param>
/// <param name="Mean">From being queued to the start; to now of those that wait still.</param>
public sealed record BrownoutWaits(long Waited, long Waiting, long Dropped, TimeSpan Mean, TimeSpan Longest);

public interface IBrownoutReader
{
    /// <summary>Those of which a part lies in the window, the running one included; oldest first.</summary>
    Task<IReadOnlyList<Brownout>> WithinAsync(InstanceId instance, TimeWindow window, CancellationToken cancel);

    /// <summary>From the jobs as last seen.</summary>
    Task<BrownoutWaits> WaitsAsync(Brownout brownout, DateTimeOffset now, CancellationToken cancel);
}
