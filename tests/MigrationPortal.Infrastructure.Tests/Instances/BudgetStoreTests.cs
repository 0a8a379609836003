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
            replicas[at % 2].TakeAsync(StoreFixture.Production, RequestLane.Monitoring, "pending", 1, Limit, StoreFixture.Noon, default)));

        waits.Count(wait => wait == TimeSpan.Zero).ShouldBe(10);
        waits.Max().ShouldBe(TimeSpan.FromSeconds(0.5));
        (await replicas[0].SpendingAsync(StoreFixture.Production, BudgetSpending.LastMinutes(1, StoreFixture.Noon.AddMinutes(1)), default)).ShouldBe([new BudgetSpending(RequestLane.Monitoring, "pending", 10, 0)], "waiting is not putting off");
        await replicas[1].PutOffAsync(StoreFixture.Production, RequestLane.Monitoring, "pending", StoreFixture.Noon, default);
        (await replicas[0].SpendingAsync(StoreFixture.Production, BudgetSpending.LastMinutes(1, StoreFixture.Noon.AddMinutes(1)), default)).ShouldBe([new BudgetSpending(RequestLane.Monitoring, "pending", 10, 1)]);
        (await replicas[0].TakeAsync(StoreFixture.Production, RequestLane.Monitoring, "pending", 4, Limit, StoreFixture.Noon.AddSeconds(2), default)).ShouldBe(TimeSpan.Zero);
        (await replicas[0].TakeAsync(StoreFixture.Production, RequestLane.Operations, "apply", 1, Limit, StoreFixture.Noon, default)).ShouldBe(TimeSpan.Zero);
    }

    /// <summary>From a full bucket of 10, and then what the most important still finds in it.</summary>
    [Theory]
    [InlineData("pending", 10, 0)]
    [InlineData("fleet", 10, 0)]
    [InlineData("finished", 8, 2)]
    [InlineData("reasons", 7, 3)]
    [InlineData("projects", 5, 5)]
    [InlineData("history", 3, 7)]
    [InlineData("sample", 2, 8)]
    [InlineData("of a newer portal", 2, 8)]
    public async Task Take_LessImportantFromTwoReplicas_LeavesTheReserveToTheImportant(string purpose, int taken, int left)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await using var other = store.Replica();
        IBudgetStore[] replicas = [store.Get<IBudgetStore>(), other.GetRequiredService<IBudgetStore>()];

        (await TakenAsync(purpose)).ShouldBe(taken);
        (await TakenAsync("pending")).ShouldBe(left);

        async Task<int> TakenAsync(string by) => (await Task.WhenAll(Enumerable.Range(0, 24).Select(at =>
            replicas[at % 2].TakeAsync(StoreFixture.Production, RequestLane.Monitoring, by, 1, Limit, StoreFixture.Noon, default)))).Count(wait => wait == TimeSpan.Zero);
    }

    [Fact]
    public async Task Take_OfTheLeastImportant_WaitsUntilTheReserveIsThereToo_AndNeverForEver()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var budget = store.Get<IBudgetStore>();
        for (var request = 0; request < 10; request++) await budget.TakeAsync(StoreFixture.Production, RequestLane.Monitoring, "fleet", 1, Limit, StoreFixture.Noon, default);

        var wait = await budget.TakeAsync(StoreFixture.Production, RequestLane.Monitoring, "history", 1, Limit, StoreFixture.Noon, default);
        wait.TotalSeconds.ShouldBe(7.3 / 2, 0.001);
        (await budget.TakeAsync(StoreFixture.Production, RequestLane.Monitoring, "history", 1, Limit, StoreFixture.Noon + wait, default)).ShouldBe(TimeSpan.Zero);

        var smallest = new BudgetLimit(0.1, 1);
        (await budget.TakeAsync(new("qa"), RequestLane.Monitoring, "history", 1, smallest, StoreFixture.Noon, default)).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Waits_NamesWhoWasPutOff_SinceItsLastRequest_UntilItGetsOneOrStopsAsking()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var budget = store.Get<IBudgetStore>();
        await TakeAsync("history", 0);
        foreach (var minute in (int[])[1, 2, 5]) await budget.PutOffAsync(StoreFixture.Production, RequestLane.Monitoring, "history", StoreFixture.Noon.AddMinutes(minute), default);
        await budget.PutOffAsync(StoreFixture.Production, RequestLane.Monitoring, "projects", StoreFixture.Noon.AddMinutes(2), default);
        await TakeAsync("projects", 3);

        (await WaitsAsync(6)).ShouldBe([("history", StoreFixture.Noon.AddMinutes(1))]);
        (await WaitsAsync(30)).ShouldBeEmpty();
        await TakeAsync("history", 7);
        (await WaitsAsync(8)).ShouldBeEmpty();

        await budget.HoldAsync(StoreFixture.Production, RequestLane.Monitoring, StoreFixture.Noon.AddMinutes(9), default);
        (await budget.WaitsAsync(StoreFixture.Production, StoreFixture.Noon.AddMinutes(8), default)).HeldUntil.ShouldBe(StoreFixture.Noon.AddMinutes(9));
        (await budget.WaitsAsync(StoreFixture.Production, StoreFixture.Noon.AddMinutes(10), default)).HeldUntil.ShouldBeNull();

        Task<TimeSpan> TakeAsync(string purpose, int minute) =>
            budget.TakeAsync(StoreFixture.Production, RequestLane.Monitoring, purpose, 1, Limit, StoreFixture.Noon.AddMinutes(minute), default);

        async Task<IReadOnlyList<(string, DateTimeOffset)>> WaitsAsync(int minute) =>
            [.. (await budget.WaitsAsync(StoreFixture.Production, StoreFixture.Noon.AddMinutes(minute), default)).Since.Select(one => (one.Key, one.Value))];
    }

    [Fact]
    public async Task Spending_CountsOnlyWholeMinutes_AndForgetsOldOnes()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var budget = store.Get<IBudgetStore>();
        foreach (var (minutes, requests) in new[] { (-8, 1), (-1, 2), (0, 4) })
            await budget.TakeAsync(StoreFixture.Production, RequestLane.Monitoring, "pending", requests, Limit, StoreFixture.Noon.AddMinutes(minutes), default);
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
