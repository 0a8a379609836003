using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

public sealed class BudgetTests(PostgresFixture postgres, ITestOutputHelper output)
{
    [Fact]
    public async Task Sweeps_WithOneRequestASecond_NeverSpendMore()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, requestsPerSecond: 1);
        var began = portal.Time.GetUtcNow();
        for (var round = 0; round < 6; round++)
        {
            await portal.Simulator.AdvanceAsync(TimeSpan.FromMinutes(10));
            await Task.WhenAll(portal.RunAsync<FleetSweep>(), portal.RunAsync<JobSweep>(), portal.RunAsync<ReasonSweep>(), portal.RunAsync<ProjectSweep>(), portal.RunAsync<HistorySweep>());
        }
        var seconds = (portal.Time.GetUtcNow() - began).TotalSeconds;
        output.WriteLine($"{portal.Wire.Requests} requests in {seconds:0} s");
        portal.Wire.Requests.ShouldBeLessThanOrEqualTo((int)(seconds + 10) + 1);
        portal.Wire.Requests.ShouldBeGreaterThan(20);

        var spent = await portal.Get<IBudgetStore>().SpendingAsync(SimulatedPortal.Production, new TimeWindow(began - TimeSpan.FromMinutes(1), portal.Time.GetUtcNow() + TimeSpan.FromMinutes(1)), default);
        spent.Sum(one => one.Taken).ShouldBe(portal.Wire.Requests);
        spent.ShouldContain(one => one.Purpose == "fleet" && one.Taken > 0);
    }

    [Fact]
    public async Task Jobs_ALongListUnderWay_IsReadSoSeldomThatItTakesAThirdOfTheBudget()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, requestsPerSecond: 0.05);
        var state = await portal.RunAsync<JobSweep>();
        // Two lists, a page each at least: 2 / (0.05 / 3) seconds.
        (state.DueAt - portal.Time.GetUtcNow()).TotalSeconds.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Monitoring_BudgetHeldByGitLab_IsPutOffWhileOperationsGoOn()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        await portal.Get<IBudgetStore>().HoldAsync(SimulatedPortal.Production, RequestLane.Monitoring, portal.Time.GetUtcNow() + TimeSpan.FromMinutes(5), default);
        (await portal.RunAsync<FleetSweep>()).Outcome.ShouldBe(SweepOutcome.PutOff);
        (await PutOffAsync(portal)).ShouldBe([("fleet", 1)]);
        var (_, runners) = await portal.Get<Domain.Fleet.IFleetReader>().ReadAsync(SimulatedPortal.Production, RequestLane.Operations, default);
        runners.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Retry later", "text/plain", "7", 7)]
    [InlineData("""{"message":{"error":"This endpoint has been requested too many times. Try again later."}}""", "application/json", null, 60)]
    public async Task GitLabSays429_InBothShapes_AllReplicasPauseAsAsked(string body, string kind, string? after, int seconds)
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await using var replica = portal.Replica();
        var before = portal.Time.GetUtcNow();
        portal.Wire.Always = () => FaultyWire.Answer(429, body, kind, after is null ? [] : [("Retry-After", after)]);
        (await portal.RunAsync<FleetSweep>()).Outcome.ShouldBe(SweepOutcome.Failed);
        (portal.Wire.Requests, portal.Wire.Always) = (0, null);

        var held = (await portal.Get<IBudgetStore>().WaitsAsync(SimulatedPortal.Production, portal.Time.GetUtcNow(), default)).HeldUntil.ShouldNotBeNull();
        (held - portal.Time.GetUtcNow()).TotalSeconds.ShouldBeLessThanOrEqualTo(seconds);
        (held - before).TotalSeconds.ShouldBeGreaterThanOrEqualTo(seconds - 1);
        if (seconds > 30)
        {
            await replica.GetRequiredService<SweepRunner>().RunDueAsync(ActivatorUtilities.CreateInstance<FleetSweep>(replica), SimulatedPortal.Production, force: true, default);
            portal.Wire.Requests.ShouldBe(0);
        }
    }

    [Fact]
    public async Task LastRequestThatFitsGitLabsWindow_PausesUntilTheNext_WithoutA429()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var reset = portal.Time.GetUtcNow().AddSeconds(45);
        portal.Wire.Instead = path => path == "/api/graphql"
            ? FaultyWire.Answer(200, """{"data":{"runners":{"nodes":[],"pageInfo":{"hasNextPage":false}}}}""", "application/json", ("RateLimit-Remaining", "0"), ("RateLimit-Reset", $"{reset.ToUnixTimeSeconds()}"))
            : null;
        (await portal.RunAsync<FleetSweep>()).Outcome.ShouldBe(SweepOutcome.Done);
        var held = (await portal.Get<IBudgetStore>().WaitsAsync(SimulatedPortal.Production, portal.Time.GetUtcNow(), default)).HeldUntil.ShouldNotBeNull();
        held.ShouldBe(reset, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Monitoring_ThatOnlyWaitsItsTurn_IsNotPutOff()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, requestsPerSecond: 1);
        for (var round = 0; round < 12; round++) (await portal.RunAsync<FleetSweep>()).Outcome.ShouldBe(SweepOutcome.Done);
        portal.Wire.Requests.ShouldBeGreaterThan(10, "more than the burst");

        (await PutOffAsync(portal)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<(string Purpose, long PutOff)>> PutOffAsync(SimulatedPortal portal)
    {
        var now = portal.Time.GetUtcNow();
        var spent = await portal.Get<IBudgetStore>().SpendingAsync(SimulatedPortal.Production, new TimeWindow(now.AddHours(-1), now.AddMinutes(1)), default);
        return [.. spent.Where(one => one.PutOff > 0).Select(one => (one.Purpose, one.PutOff))];
    }

    [Fact]
    public async Task Monitoring_OneWorldHour_NeedsFewRequests()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        await portal.RunAsync<ProjectSweep>();
        while ((await portal.RunAsync<HistorySweep>()).Said.StartsWith("All read", StringComparison.Ordinal) == false) await portal.RunAsync<JobSweep>();
        while ((await portal.RunAsync<ReasonSweep>()).Said.StartsWith("Every failure", StringComparison.Ordinal) == false) { }
        var before = portal.Wire.Requests;
        for (var half = 0; half < 120; half++)
        {
            await portal.Simulator.AdvanceAsync(TimeSpan.FromSeconds(30));
            await portal.RunAsync<JobSweep>();
            if (half % 2 == 0) await portal.RunAsync<FleetSweep>();
            if (half % 2 == 0) await portal.RunAsync<ReasonSweep>();
            if (half % 4 == 0) await portal.RunAsync<ProjectSweep>();
        }
        var used = portal.Wire.Requests - before;
        output.WriteLine($"{used} requests in one hour of the instance at its real pace: "
            + string.Join(", ", portal.Wire.Log.Skip(before).GroupBy(one => System.Text.RegularExpressions.Regex.Replace(one.Path.Split('?')[0], @"\d+", "N")).Select(one => $"{one.Key} {one.Count()}")));
        // One a second would be 3,600.
        used.ShouldBeLessThan(900);
    }
}
