using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Instances;

public sealed class BudgetStoreTests(PostgresFixture postgres)
{
    private static readonly BudgetLimit Limit = new(2, 10);

    [Fact]
    public async Task Take_FromTwoReplicasAtOnce_NeverOverspendsTheBurst()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await using var other = store.Replica();
        IBudgetStore[] replicas = [store.Get<IBudgetStore>(), other.GetRequiredService<IBudgetStore>()];

        var waits = await Task.WhenAll(Enumerable.Range(0, 30).Select(at =>
            replicas[at % 2].TakeAsync(StoreFixture.Production, RequestLane.Monitoring, "jobs", 1, Limit, StoreFixture.Noon, default)));

        waits.Count(wait => wait == TimeSpan.Zero).ShouldBe(10);
        waits.Max().ShouldBe(TimeSpan.FromSeconds(0.5));
        (await replicas[0].SpendingAsync(StoreFixture.Production, BudgetSpending.LastMinutes(1, StoreFixture.Noon.AddMinutes(1)), default)).ShouldBe([new BudgetSpending(RequestLane.Monitoring, "jobs", 10, 0)], "waiting is not putting off");
        await replicas[1].PutOffAsync(StoreFixture.Production, RequestLane.Monitoring, "jobs", StoreFixture.Noon, default);
        (await replicas[0].SpendingAsync(StoreFixture.Production, BudgetSpending.LastMinutes(1, StoreFixture.Noon.AddMinutes(1)), default)).ShouldBe([new BudgetSpending(RequestLane.Monitoring, "jobs", 10, 1)]);
        (await replicas[0].TakeAsync(StoreFixture.Production, RequestLane.Monitoring, "jobs", 4, Limit, StoreFixture.Noon.AddSeconds(2), default)).ShouldBe(TimeSpan.Zero);
        (await replicas[0].TakeAsync(StoreFixture.Production, RequestLane.Operations, "apply", 1, Limit, StoreFixture.Noon, default)).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Spending_CountsOnlyWholeMinutes_AndForgetsOldOnes()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var budget = store.Get<IBudgetStore>();
        foreach (var (minutes, requests) in new[] { (-8, 1), (-1, 2), (0, 4) })
            await budget.TakeAsync(StoreFixture.Production, RequestLane.Monitoring, "jobs", requests, Limit, StoreFixture.Noon.AddMinutes(minutes), default);
        async Task<long> TakenAsync(int count, DateTimeOffset now) =>
            (await budget.SpendingAsync(StoreFixture.Production, BudgetSpending.LastMinutes(count, now), default)).Sum(one => one.Taken);

        (await TakenAsync(1, StoreFixture.Noon.AddSeconds(1))).ShouldBe(2);
        (await TakenAsync(1, StoreFixture.Noon.AddSeconds(60))).ShouldBe(4);
        (await TakenAsync(10, StoreFixture.Noon.AddSeconds(59))).ShouldBe(3);

        (await budget.RemoveSpendingAsync(StoreFixture.Noon.AddMinutes(-1), default)).ShouldBe(1);
        (await TakenAsync(10, StoreFixture.Noon.AddSeconds(60))).ShouldBe(6);
    }

    [Fact]
    public async Task Hold_AfterGitLabSaid429_WaitsAsLongAsAsked()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var budget = store.Get<IBudgetStore>();
        await budget.HoldAsync(StoreFixture.Production, RequestLane.Monitoring, StoreFixture.Noon.AddSeconds(30), default);

        (await budget.TakeAsync(StoreFixture.Production, RequestLane.Monitoring, "fleet", 1, Limit, StoreFixture.Noon, default)).ShouldBe(TimeSpan.FromSeconds(30));
        (await budget.TakeAsync(StoreFixture.Production, RequestLane.Monitoring, "fleet", 1, Limit, StoreFixture.Noon.AddSeconds(31), default)).ShouldBe(TimeSpan.Zero);
    }
}
