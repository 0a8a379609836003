using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Instances;

/// <summary>The request budget of an instance: one token bucket a lane, shared by all replicas. Real time.</summary>
public interface IBudgetStore
{
    /// <summary>Takes <paramref name="requests"/> from the lane's bucket, or nothing: what <see cref="RequestPurpose.Keeps"/> says stays in it.</summary>
    /// <returns>Zero when taken, else how long until enough has flowed in.</returns>
    Task<TimeSpan> TakeAsync(InstanceId instance, RequestLane lane, string purpose, int requests, BudgetLimit limit, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Counts a request that was not made for want of budget.</summary>
    Task PutOffAsync(InstanceId instance, RequestLane lane, string purpose, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Empties the lane until then: GitLab said 429 with <c>Retry-After</c>.</summary>
    Task HoldAsync(InstanceId instance, RequestLane lane, DateTimeOffset until, CancellationToken cancel);

    /// <summary>Requests by purpose, and those put off for want of budget, in the minutes that began in the window.</summary>
    Task<IReadOnlyList<BudgetSpending>> SpendingAsync(InstanceId instance, TimeWindow minutes, CancellationToken cancel);

    /// <summary>What monitoring waits for at this moment.</summary>
    Task<BudgetWaits> WaitsAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel);

    /// <returns>How many counts of minutes before that were removed.</returns>
    Task<int> RemoveSpendingAsync(DateTimeOffset before, CancellationToken cancel);
}

/// <param name="PerSecond">Sustained requests a second, over 0.</param>
/// <param name="Burst">The bucket's size in requests, 1 or more.</param>
public sealed record BudgetLimit(double PerSecond, double Burst);

/// <param name="HeldUntil">GitLab asked for a pause until then; null when it did not.</param>
/// <param name="Since">By purpose: the minute since which it was put off and not one request of it was sent.</param>
public sealed record BudgetWaits(DateTimeOffset? HeldUntil, IReadOnlyDictionary<string, DateTimeOffset> Since)
{
    public static readonly BudgetWaits None = new(null, new Dictionary<string, DateTimeOffset>());
}

public sealed record BudgetSpending(RequestLane Lane, string Purpose, long Taken, long PutOff)
{
    /// <summary>The last whole minutes: the one that has just begun would make every count look small.</summary>
    public static TimeWindow LastMinutes(int count, DateTimeOffset now)
    {
        var minute = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMinute));
        return new TimeWindow(minute.AddMinutes(-count), minute);
    }
}
