using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;

namespace MigrationPortal.Infrastructure.Instances;

/// <summary>
/// Pays for each request from the buckets that all replicas share. Monitoring waits a while and then gives up for
/// this time; an operation waits its turn, because a flip is never put off. When GitLab itself asks for a long pause,
/// whoever asks is told at once: an operation then says on screen that it waits, and a person is not kept hanging.
/// </summary>
internal sealed class RequestBudget(GitLabOptions options, IBudgetStore store, GitLabMetrics metrics, TimeProvider time)
{
    /// <summary>Longer than the bucket of the smallest sensible budget needs for one request, shorter than a lease.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Dictionary<InstanceId, GitLabInstanceOptions> _instances = options.Instances.ToDictionary(one => one.Id);

    /// <exception cref="BudgetSpentException">Monitoring's budget has nothing to give soon.</exception>
    /// <exception cref="GitLabUnavailableException">GitLab asked the lane of operations for a pause that is longer than a person waits.</exception>
    public async Task TakeAsync(InstanceId instance, RequestLane lane, string purpose, CancellationToken cancel)
    {
        var limit = _instances[instance].Limit(lane);
        var began = time.GetTimestamp();
        while (true)
        {
            var wait = await store.TakeAsync(instance, lane, purpose, 1, limit, time.GetUtcNow(), cancel).ConfigureAwait(false);
            if (wait <= TimeSpan.Zero) return;
            if (lane == RequestLane.Monitoring && time.GetElapsedTime(began) + wait > Patience)
            {
                metrics.PutOff(instance, lane, purpose);
                await store.PutOffAsync(instance, lane, purpose, time.GetUtcNow(), cancel).ConfigureAwait(false);
                throw new BudgetSpentException(instance, purpose, wait);
            }
            if (lane == RequestLane.Operations && wait > Patience)
                throw new GitLabUnavailableException(instance, "asks for fewer requests (429)") { Status = 429, RetryAfter = wait };
            await Task.Delay(wait, time, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>GitLab said 429, or that its window is used up: nobody of this lane asks before the wait is over.</summary>
    public Task HoldAsync(InstanceId instance, RequestLane lane, TimeSpan wait, CancellationToken cancel) =>
        store.HoldAsync(instance, lane, time.GetUtcNow() + wait, cancel);

    /// <summary>
    /// Requests that monitoring's limit allowed in the last 60 seconds and nobody sent: what work of the same lane that can
    /// wait, such as project hooks, may take without crowding out the sweeps. Spending is counted by the minute, so the
    /// minute before counts by the share of it that lies in those 60 seconds.
    /// </summary>
    public async Task<int> LeftOverAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var before = BudgetSpending.LastMinutes(1, now);
        var running = now - before.To;
        var taken = await TakenAsync(instance, new TimeWindow(before.To, before.To.AddMinutes(1)), cancel).ConfigureAwait(false)
            + await TakenAsync(instance, before, cancel).ConfigureAwait(false) * (1 - running / before.Length);
        return (int)Math.Max(0, _instances[instance].RequestsPerSecond * before.Length.TotalSeconds - taken);
    }

    private async Task<long> TakenAsync(InstanceId instance, TimeWindow minute, CancellationToken cancel) =>
        (await store.SpendingAsync(instance, minute, cancel).ConfigureAwait(false)).Where(one => one.Lane == RequestLane.Monitoring).Sum(one => one.Taken);
}

/// <summary>Not a fault: the work is put off until the budget has flowed in again. Whoever clicked is told so like any other silence of GitLab.</summary>
internal sealed class BudgetSpentException : GitLabUnavailableException
{
    public BudgetSpentException(InstanceId instance, string purpose, TimeSpan comesBackIn)
        : base($"The request budget of '{instance}' is spent: '{purpose}' is put off for {comesBackIn.TotalSeconds:0.#} s.") =>
        (ComesBackIn, RetryAfter) = (comesBackIn, comesBackIn);

    public TimeSpan ComesBackIn { get; }

    public override bool IsPutOff => true;
}
