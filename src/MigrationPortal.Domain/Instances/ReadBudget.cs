using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Instances;

/// <summary>The budget of an instance as pages and the API show it.</summary>
public sealed class ReadBudget(IBudgetStore store, InstanceDirectory instances, TimeProvider time)
{
    /// <summary>Whole minutes that the rates are of.</summary>
    public const int Minutes = 5;

    public async Task<BudgetUse> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var limit = instances.Find(instance)?.Monitoring ?? throw new InvalidOperationException($"{instance} is not configured.");
        return BudgetUse.Of(
            limit, await store.SpendingAsync(instance, BudgetSpending.LastMinutes(Minutes, now), cancel), Minutes, await store.WaitsAsync(instance, now, cancel));
    }
}
