using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Instances;

/// <summary>The request budget of an instance: one token bucket a lane, shared by all replicas. Real time.</summary>
public interface IBudgetStore
{
    /// <summary>Takes <paramref name="requests"/> from the lane's bucket, or nothing.</summary>
    /// <returns>Zero when taken, else how long until enough has flowed in.</returns>
    Task<TimeSpan> TakeAsync(InstanceId instance, RequestLane lane, string purpose, int requests, BudgetLimit limit, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Empties the lane until then: GitLab said 429 with <c>Retry-After</c>.</summary>
    Task HoldAsync(InstanceId instance, RequestLane lane, DateTimeOffset until, CancellationToken cancel);

    /// <summary>Requests of the last minutes by purpose, and those put off for want of budget.</summary>
    Task<IReadOnlyList<BudgetSpending>> SpendingAsync(InstanceId instance, DateTimeOffset since, CancellationToken cancel);
}

/// <param name="PerSecond">Sustained requests a second, over 0.</param>
/// <param name="Burst">The bucket's size in requests, 1 or more.</param>
public sealed record BudgetLimit(double PerSecond, double Burst);

public sealed record BudgetSpending(RequestLane Lane, string Purpose, long Taken, long PutOff);
