using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

/// <summary>Two portals on one database, both with their own timer, in front of a schedule of 200 flips that come faster than one a second.</summary>
public sealed class ScheduleReplicaTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Flips = 200;
    private const double Speed = 2;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task TwoReplicas_200Flips_200Operations_NoneTwice_AndWhatIsHeldUpByNothingBeginsWithinASecond()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, requestsPerSecond: 2, hosted: true, timeScale: 1);
        await portal.RunAsync<FleetSweep>();
        await portal.Get<ConfirmRoles>().RunAsync(SimulatedPortal.Production, Actor.Portal, default);
        portal.Simulator.Speed = Speed;
        await using var replica = portal.Replica();
        IHostedService[] services = [.. portal.Get<IEnumerable<IHostedService>>(), .. replica.GetServices<IHostedService>()];
        foreach (var service in services) await service.StartAsync(default);

        var (first, began) = (await ScheduleAsync(portal), TimeProvider.System.GetTimestamp());
        var handled = 0L;
        await UntilAsync(async () => (handled = await portal.ScalarAsync<long>("SELECT count(*) FROM scheduled_flips WHERE outcome IS NOT NULL")) == Flips
            && await portal.Get<IOperationStore>().UnfinishedAsync(SimulatedPortal.Production, default) is null, () => $"{handled} of {Flips} were handled");
        output.WriteLine($"{Flips} flips in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s");
        foreach (var service in services.Reverse()) await service.StopAsync(default);

        var operations = (await portal.Get<IOperationStore>().NewestAsync(SimulatedPortal.Production, 2 * Flips, null, default)).OrderBy(one => one.Id).ToList();
        operations.Count.ShouldBe(Flips);
        operations.ShouldAllBe(one => one.State == OperationState.Succeeded && one.StepsDone == 1);
        (await portal.ScalarAsync<long>("SELECT count(DISTINCT operation_id) FROM scheduled_flips")).ShouldBe(Flips);
        (await portal.ScalarAsync<long>("SELECT count(*) FROM scheduled_flips s JOIN operations o ON o.id = s.operation_id WHERE o.head ->> 'reason' = 'Scheduled: ' || s.reason")).ShouldBe(Flips);
        operations.Select(one => one.Reason).SequenceEqual(Enumerable.Range(0, Flips).Select(at => $"Scheduled: {ReasonOf(at)}")).ShouldBeTrue("in their order");

        // In real seconds, as somebody with a watch would see it; one that had to wait for the operation before it is not late.
        var late = operations.Select((one, at) => (Late: (one.StartedAt - first - Between * at) / Speed, Free: at == 0 || operations[at - 1].EndedAt <= first + Between * at))
            .Where(one => one.Free).Select(one => one.Late.TotalSeconds).Order().ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{late.Count} held up by nothing; late by {late[late.Count / 2]:0.000} s at the median, {late[late.Count * 95 / 100]:0.000} s at the 95th percentile, {late[^1]:0.000} s at most"));
        late.Count.ShouldBeGreaterThan(Flips / 10);
        late[late.Count / 2].ShouldBeLessThan(1);
    }

    // One runner is given a tag and loses it again, in turn: each flip is one real change.
    private static async Task<DateTimeOffset> ScheduleAsync(SimulatedPortal portal)
    {
        var fleet = (await portal.Get<IFleetStore>().LatestAsync(SimulatedPortal.Production, default))!;
        var runner = fleet.Managed(RunnerRole.Legacy).First();
        var schedule = portal.Get<ScheduleFlip>();
        var first = portal.Get<IWorldClock>().Now(SimulatedPortal.Production) + TimeSpan.FromSeconds(5 * Speed);
        for (var at = 0; at < Flips; at++)
        {
            var tags = at % 2 == 0 ? runner.Attributes.Tags.With("in-turn") : runner.Attributes.Tags;
            (await schedule.RunAsync(SimulatedPortal.Production, new PlanTarget.EditRunners([new RunnerEdit(runner.Id.Number, tags, null, null)]), first + Between * at, Actor.Portal, ReasonOf(at), [], default))
                .ShouldBeOfType<Outcome<ScheduledFlip>.Done>();
        }
        return first;
    }

    private static string ReasonOf(int at) => $"turn {at}";

    private static async Task UntilAsync(Func<Task<bool>> reached, Func<string> far)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await reached())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Deadline) Assert.Fail($"Not reached in time: {far()}.");
            await Task.Delay(200);
        }
    }
}
