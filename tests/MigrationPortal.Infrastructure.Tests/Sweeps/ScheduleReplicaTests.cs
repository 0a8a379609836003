using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

/// <summary>Two portals on one database, each with its own timer, in front of one schedule.</summary>
public sealed class ScheduleReplicaTests(PostgresFixture postgres, ITestOutputHelper output)
{
    // A minute and a half on a machine that has nothing else to do.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    // Minutes of two timers at work: run by name with -explicit only.
    [Fact(Explicit = true)]
    public async Task TwoReplicas_200Flips_200Operations_NoneTwice()
    {
        const int Flips = 200;
        await using var portal = await StartAsync(speed: 2);
        await using var replica = portal.Replica();
        IHostedService[] services = [.. portal.Get<IEnumerable<IHostedService>>(), .. replica.GetServices<IHostedService>()];
        foreach (var service in services) await service.StartAsync(default);

        // Faster than operations go, so that there is always one due.
        var first = Now(portal) + TimeSpan.FromSeconds(60);
        for (var at = 0; at < Flips; at++) await ScheduleAsync(portal, at, first + TimeSpan.FromSeconds(0.4) * at);
        var handled = 0L;
        await UntilAsync(
            async () => (handled = await portal.ScalarAsync<long>("SELECT count(*) FROM scheduled_flips WHERE outcome IS NOT NULL")) == Flips
                && await portal.Get<IOperationStore>().UnfinishedAsync(SimulatedPortal.Production, default) is null,
            () => $"{handled} of {Flips} were handled");
        foreach (var service in services.Reverse()) await service.StopAsync(default);

        var operations = (await portal.Get<IOperationStore>().NewestAsync(SimulatedPortal.Production, 2 * Flips, null, default)).OrderBy(one => one.Id).ToList();
        operations.Count.ShouldBe(Flips);
        operations.ShouldAllBe(one => one.State == OperationState.Succeeded && one.StepsDone == 1);
        operations.Select(one => one.Reason).SequenceEqual(Enumerable.Range(0, Flips).Select(at => $"Scheduled: {ReasonOf(at)}")).ShouldBeTrue("in their order");
        (await portal.ScalarAsync<long>("SELECT count(DISTINCT operation_id) FROM scheduled_flips")).ShouldBe(Flips);
        (await portal.ScalarAsync<long>("SELECT count(*) FROM scheduled_flips s JOIN operations o ON o.id = s.operation_id WHERE o.head ->> 'reason' = 'Scheduled: ' || s.reason")).ShouldBe(Flips);
    }

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(60)]
    public async Task FlipsThatNothingHoldsUp_BeginAtTheirTime_WhateverTheSpeedOfTheClock(double speed)
    {
        const int Flips = 7;
        await using var portal = await StartAsync(speed);
        await using var replica = portal.Replica();
        IHostedService[] services = [.. portal.Get<IEnumerable<IHostedService>>(), .. replica.GetServices<IHostedService>()];
        foreach (var service in services) await service.StartAsync(default);

        var late = new List<double>();
        for (var at = 0; at < Flips; at++)
        {
            var due = Now(portal) + TimeSpan.FromSeconds(2.5 * speed);
            await ScheduleAsync(portal, at, due);
            IReadOnlyList<OperationHead> operations = [];
            await UntilAsync(
                async () => (operations = await portal.Get<IOperationStore>().NewestAsync(SimulatedPortal.Production, 1, null, default)) is [{ State: OperationState.Succeeded } done] && done.Reason.EndsWith(ReasonOf(at), StringComparison.Ordinal),
                () => $"flip {at} has not run");
            // As somebody with a watch would see it.
            late.Add((operations[0].StartedAt - due).TotalSeconds / speed);
        }
        foreach (var service in services.Reverse()) await service.StopAsync(default);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"late by {string.Join(", ", late.Select(one => one.ToString("0.00", CultureInfo.InvariantCulture)))} s"));
        // A quiet machine shows some tenths of a second; the bound only tells a timer from a fixed period of polling.
        late.Order().ElementAt(Flips / 2).ShouldBeInRange(0, 5);
    }

    private async Task<SimulatedPortal> StartAsync(double speed)
    {
        var portal = await SimulatedPortal.StartAsync(postgres, requestsPerSecond: 2, hosted: true, timeScale: 1);
        await portal.RunAsync<FleetSweep>();
        await portal.Get<ConfirmRoles>().RunAsync(SimulatedPortal.Production, Actor.Portal, default);
        portal.Simulator.Speed = speed;
        await portal.Get<WorldClock>().RefreshAsync(SimulatedPortal.Production, default);
        return portal;
    }

    private static DateTimeOffset Now(SimulatedPortal portal) => portal.Get<IWorldClock>().Now(SimulatedPortal.Production);

    // One runner is given a tag and loses it again, in turn: each flip is one real change.
    private static async Task ScheduleAsync(SimulatedPortal portal, int at, DateTimeOffset due)
    {
        var runner = (await portal.Get<IFleetStore>().LatestAsync(SimulatedPortal.Production, default))!.Managed(RunnerRole.Legacy).OrderBy(one => one.Id.Number).First();
        var tags = at % 2 == 0 ? runner.Attributes.Tags.With("in-turn") : runner.Attributes.Tags.Without("in-turn");
        (await portal.Get<ScheduleFlip>().RunAsync(SimulatedPortal.Production, new PlanTarget.EditRunners([new RunnerEdit(runner.Id.Number, tags, null, null)]), due, Actor.Portal, ReasonOf(at), [], default))
            .ShouldBeOfType<Outcome<ScheduledFlip>.Done>();
    }

    private static string ReasonOf(int at) => $"turn {at}";

    private static async Task UntilAsync(Func<Task<bool>> reached, Func<string> far)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await reached())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Deadline) Assert.Fail($"Not reached in time: {far()}.");
            await Task.Delay(100);
        }
    }
}
