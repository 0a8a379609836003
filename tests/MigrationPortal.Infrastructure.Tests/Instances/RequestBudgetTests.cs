using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Instances;

public sealed class RequestBudgetTests(PostgresFixture postgres)
{
    /// <summary>At one request a second: 40 of monitoring in the minute from 12:00, 6 in that from 12:01.</summary>
    [Theory]
    [InlineData(59, 20)]
    [InlineData(60, 20)]
    [InlineData(75, 24)]
    [InlineData(105, 44)]
    [InlineData(120, 54)]
    [InlineData(180, 60)]
    public async Task LeftOver_IsWhatTheLast60SecondsLeft_AlsoWhereAMinuteBegins(int second, int left)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        foreach (var (at, requests, lane) in new[] { (5, 40, RequestLane.Monitoring), (10, 50, RequestLane.Operations), (65, 6, RequestLane.Monitoring) })
            if (at <= second)
                await store.Get<IBudgetStore>().TakeAsync(StoreFixture.Production, lane, "fleet", requests, new BudgetLimit(1, 100), StoreFixture.Noon.AddSeconds(at), default);
        var options = new GitLabOptions { Instances = [new GitLabInstanceOptions { Name = StoreFixture.Production.Name, Url = new Uri("http://gitlab.example.org"), RequestsPerSecond = 1 }] };
        await using var metrics = new ServiceCollection().AddMetrics().AddSingleton(options).AddSingleton<GitLabMetrics>().BuildServiceProvider();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(StoreFixture.Noon.AddSeconds(second));

        (await new RequestBudget(options, store.Get<IBudgetStore>(), metrics.GetRequiredService<GitLabMetrics>(), time).LeftOverAsync(StoreFixture.Production, default)).ShouldBe(left);
    }
}
